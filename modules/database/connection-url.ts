import { type Dialect } from "./engine-traits";

export interface ConnectionUrlOptions {
  /**
   * Whether to connect to the readers of an Aurora cluster.
   * @default false
   */
  readonly reader?: boolean | undefined;
  /**
   * Whether to bypass the proxy and connect to the database itself, for migrations and people.
   * @default false
   */
  readonly direct?: boolean | undefined;
  /**
   * File with AWS's certificate authorities inside the container, such as `/app/certs/rds-global-bundle.pem`.
   * @default the client's own trust store, which must contain them
   */
  readonly rootCertificatePath?: string | undefined;
}

interface Endpoint {
  readonly user: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
}

/** TLS options as libpq and MySQL's own clients name them. */
const TLS: Readonly<Record<Dialect, { verify: string; rootCertificate: string }>> = {
  postgresql: { verify: "sslmode=verify-full", rootCertificate: "sslrootcert" },
  mysql: { verify: "ssl-mode=VERIFY_IDENTITY", rootCertificate: "ssl-ca" },
};

/** Returns a URL such as `postgresql://messenger_app@host:5432/messenger_crm?sslmode=verify-full`, without a password. */
export function connectionUrl(
  dialect: Dialect,
  { user, host, port, database }: Endpoint,
  { rootCertificatePath }: ConnectionUrlOptions,
): string {
  const { verify, rootCertificate } = TLS[dialect];
  const certificates = rootCertificatePath ? `&${rootCertificate}=${encodeURI(rootCertificatePath)}` : "";
  return `${dialect}://${user}@${host}:${port}/${database}?${verify}${certificates}`;
}
