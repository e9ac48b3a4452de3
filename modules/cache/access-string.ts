import { type CacheKind } from "./adapters";

/**
 * What the app's user may do: data, Pub/Sub, scripts (rate limits), transactions, its own connection. No administration, nothing
 * that AWS or Redis calls dangerous (KEYS, FLUSHALL, CONFIG …) but INFO, which clients ask for when they connect.
 * Written as ElastiCache gives it back: resetting directives and repetitions would come back changed, a plan that never ends.
 */
const COMMANDS = "-@all +@read +@write +@pubsub +@scripting +@transaction +@connection -@admin -@dangerous +info";

/** How a client of cluster mode finds its shards. */
const CLUSTER_COMMANDS = "+cluster|slots +cluster|shards +cluster|nodes";

/** Sees nothing, does nothing, cannot sign in: what is left of the user `default`. */
export const NO_ACCESS = "off -@all";

export interface AccessScope {
  readonly kind: CacheKind;
  readonly keyPrefixes?: readonly string[];
  readonly channelPrefixes?: readonly string[];
  readonly socketNamespaces: readonly string[];
}

/** The access string of the app's user. Source: ElastiCache user guide, "Specifying permissions using an access string". */
export function accessString(scope: AccessScope): string {
  const keys = (scope.keyPrefixes ?? [""]).map((prefix) => `~${prefix}*`);
  const channels = (scope.channelPrefixes ?? [""]).flatMap((prefix) => [`&${prefix}*`, ...patterns(prefix, scope)]);
  const cluster = scope.kind === "replication-group" ? [] : [CLUSTER_COMMANDS];
  return ["on", ...keys, ...channels, COMMANDS, ...cluster].join(" ");
}

/**
 * What the classic adapter passes to PSUBSCRIBE: Redis compares a pattern with the allowed ones letter by letter, so that
 * `socket.io*` does not cover it. Measured with Redis 7.0.15; source: Redis documentation, "ACL", allow and disallow channels.
 */
function patterns(prefix: string, { kind, socketNamespaces }: AccessScope): string[] {
  if (prefix === "" || kind !== "replication-group") return [];
  return socketNamespaces.map((namespace) => `&${prefix}#${namespace}#*`);
}
