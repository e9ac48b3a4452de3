import { type GeneratedSecrets } from "../data/secrets";
import { publicHost } from "../topology/public-host";
import { type Container, type Topology } from "../topology/topology";

/** The addresses of one task and of what it connects to on this machine. */
export interface LocalAddresses {
  /** Of the task itself. */
  readonly address: string;
  readonly port: number;
  /** Where clients reach the balancer: scheme, host and port. */
  readonly origin: string;
  readonly redis: { readonly host: string; readonly port: number };
  readonly database: { readonly host: string; readonly port: number };
}

/**
 * Returns the complete environment variables of a container: those of the task definition, with AWS's addresses replaced by
 * local ones, and its secrets. The runner adds PATH; nothing else of the user's own environment reaches the container.
 */
export function localEnvironment(
  container: Container,
  topology: Topology,
  local: LocalAddresses,
  secrets: GeneratedSecrets,
): Record<string, string> {
  const site = publicHost(topology);
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(container.environment)) {
    environment[name] = substitute(name, value, topology, local, site);
  }
  for (const [name, arn] of Object.entries(container.secrets)) environment[name] = secrets.of(arn);
  return environment;
}

function substitute(name: string, value: string, topology: Topology, local: LocalAddresses, site: string): string {
  if (name === "HOSTNAME") return local.address;
  if (name === "PORT") return String(local.port);
  if (/_AUTH$/.test(name) && value === "iam") return "none";
  return value
    .split(",")
    .map((part) => substituteUrl(part, topology, local, site))
    .join(",");
}

function substituteUrl(text: string, { database, cache }: Topology, local: LocalAddresses, site: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  if (database && url.hostname === database.host) {
    const path = `${url.pathname}?sslmode=disable`;
    return `${url.protocol}//${url.username}@${local.database.host}:${local.database.port}${path}`;
  }
  if (cache && url.hostname === cache.host) return `redis://${local.redis.host}:${local.redis.port}`;
  if (url.hostname === site) {
    const origin = url.protocol.startsWith("ws") ? local.origin.replace(/^http/, "ws") : local.origin;
    return url.pathname === "/" && !text.endsWith("/") ? origin : `${origin}${url.pathname}`;
  }
  return text;
}
