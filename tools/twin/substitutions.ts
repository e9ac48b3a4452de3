import { randomBytes } from "node:crypto";
import { programNodeVersion } from "./program-path";
import { type Container, type Topology } from "./topology/topology";

/** Where one task finds what it needs on this machine. */
export interface LocalPlace {
  /** Of the task itself. */
  readonly address: string;
  readonly port: number;
  /** Where clients reach the balancer: scheme, host and port. */
  readonly origin: string;
  readonly redis: { readonly host: string; readonly port: number };
  readonly database: { readonly host: string; readonly port: number };
}

/** One difference between what was applied and what runs here. */
export interface Substitution {
  readonly applied: string;
  readonly here: string;
}

const SECRET_LENGTH = 32;

/** Values for the secrets of a deployment, made up here: one for each ARN, the same for all tasks. */
export class GeneratedSecrets {
  private readonly values = new Map<string, string>();

  /** @param known values that are settled already, by ARN, such as the database's master credentials */
  constructor(known: Readonly<Record<string, string>> = {}) {
    for (const [arn, value] of Object.entries(known)) this.values.set(arn, value);
  }

  of(arn: string): string {
    const known = this.values.get(arn);
    if (known !== undefined) return known;
    const value = lettersAndDigits(SECRET_LENGTH);
    this.values.set(arn, value);
    return value;
  }
}

export function lettersAndDigits(length: number): string {
  let text = "";
  while (text.length < length)
    text += randomBytes(length)
      .toString("base64")
      .replace(/[^A-Za-z0-9]/g, "");
  return text.slice(0, length);
}

/**
 * The environment of a container, whole: what the task definition says, with the addresses of AWS replaced by those of this
 * machine, and its secrets. Nothing of the user's own environment reaches it but the path to the programs.
 */
export function localEnvironment(
  container: Container,
  topology: Topology,
  place: LocalPlace,
  secrets: GeneratedSecrets,
): Record<string, string> {
  const site = publicHost(topology);
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(container.environment)) {
    environment[name] = substitute(name, value, topology, place, site);
  }
  for (const [name, arn] of Object.entries(container.secrets)) environment[name] = secrets.of(arn);
  return environment;
}

function substitute(name: string, value: string, topology: Topology, place: LocalPlace, site: string): string {
  if (name === "HOSTNAME") return place.address;
  if (name === "PORT") return String(place.port);
  if (/_AUTH$/.test(name) && value === "iam") return "none";
  return value
    .split(",")
    .map((part) => substituteUrl(part, topology, place, site))
    .join(",");
}

function substituteUrl(text: string, { database, cache }: Topology, place: LocalPlace, site: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  if (database && url.hostname === database.host) {
    const path = `${url.pathname}?sslmode=disable`;
    return `${url.protocol}//${url.username}@${place.database.host}:${place.database.port}${path}`;
  }
  if (cache && url.hostname === cache.host) return `redis://${place.redis.host}:${place.redis.port}`;
  if (url.hostname === site) {
    const origin = url.protocol.startsWith("ws") ? place.origin.replace(/^http/, "ws") : place.origin;
    return url.pathname === "/" && !text.endsWith("/") ? origin : `${origin}${url.pathname}`;
  }
  return text;
}

/** The site's public name: that of its own certificate where it has one, which the app is told. */
function publicHost({ task, service, loadBalancer }: Topology): string {
  const app = task.containers.find(({ name }) => name === service.containerName);
  const url = app?.environment["NEXTAUTH_URL"];
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : loadBalancer.dnsName;
}

/** What people are told of it, one line each. */
export function describeSubstitutions(
  topology: Topology,
  here: { readonly origin: string; readonly tasks: string; /** `undefined`: processes. */ readonly image?: string },
): Substitution[] {
  const { loadBalancer, database, cache, task } = topology;
  const secrets = new Set(task.containers.flatMap((container) => Object.values(container.secrets)));
  return [
    {
      applied: `load balancer at ${loadBalancer.protocol} port ${loadBalancer.port} of ${publicHost(topology)}`,
      here: `HAProxy at ${here.origin}, without TLS`,
    },
    ...(database
      ? [
          {
            applied: `${database.engine} ${database.engineVersion} with TLS and IAM sign-in`,
            here: "PostgreSQL of this machine, no TLS, no password",
          },
        ]
      : []),
    ...(cache
      ? [
          {
            applied: `${cache.engine} ${cache.engineVersion}${cache.tls ? " with TLS and IAM sign-in" : ""}`,
            here: `Redis of this machine, no TLS, no password${cache.accessString ? "; the user's access string holds" : ""}`,
          },
        ]
      : []),
    { applied: `${secrets.size} secrets of Secrets Manager`, here: "values generated at the start" },
    {
      applied: "HOSTNAME 0.0.0.0 in a network of the task's own",
      here: `a loopback address for each task, ${here.tasks}`,
    },
    {
      applied: `image ${task.containers[0]?.image ?? ""}`,
      here:
        here.image === undefined
          ? `the built app's files, as plain processes of Node.js ${programNodeVersion()}`
          : `${here.image}, in containers by podman`,
    },
  ];
}
