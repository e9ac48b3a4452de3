/** What listens behind a host name, as RDS or ElastiCache describes it. */
export interface DataStore {
  readonly id: string;
  readonly status: string;
  readonly securityGroupIds: readonly string[];
  readonly subnetIds: readonly string[];
}

/** A URL of the application's environment: `rediss://user@host:6379`. */
export interface StoreUrl {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
}

/** Parses a URL without a password; `undefined` when it is none. */
export function parseStoreUrl(text: string | undefined, defaultPort: number): StoreUrl | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const { protocol, hostname, port } = new URL(text);
  return { scheme: protocol.replace(":", ""), host: hostname, port: port === "" ? defaultPort : Number(port) };
}
