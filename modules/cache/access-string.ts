import { type CacheKind } from "./cache-kinds";

/**
 * Commands that the app's user may run: data, Pub/Sub, scripts (rate limits), transactions, its own connection. No administrative or
 * dangerous commands (KEYS, FLUSHALL, CONFIG …) except INFO, which clients send when they connect. Written the way ElastiCache
 * returns it: reset directives and repetitions would come back changed, and every plan would show a difference.
 */
const COMMANDS = "-@all +@read +@write +@pubsub +@scripting +@transaction +@connection -@admin -@dangerous +info";

/** Commands with which a client finds the shards of a cluster. */
const CLUSTER_COMMANDS = "+cluster|slots +cluster|shards +cluster|nodes";

/** Access string of the disabled user `default`: it cannot sign in and has no permissions. */
export const NO_ACCESS = "off -@all";

export interface AccessScope {
  readonly kind: CacheKind;
  readonly keyPrefixes?: readonly string[] | undefined;
  readonly channelPrefixes?: readonly string[] | undefined;
  readonly socketNamespaces: readonly string[];
}

/** Returns the access string of the app's user. Source: ElastiCache user guide, "Specifying permissions using an access string". */
export function accessString(scope: AccessScope): string {
  const keys = (scope.keyPrefixes ?? [""]).map((prefix) => `~${prefix}*`);
  const channels = (scope.channelPrefixes ?? [""]).flatMap((prefix) => [
    `&${prefix}*`,
    ...subscribePatterns(prefix, scope),
  ]);
  const cluster = scope.kind === "replication-group" ? [] : [CLUSTER_COMMANDS];
  // ElastiCache returns a repeated pattern once, and every plan would show a difference.
  return [...new Set(["on", ...keys, ...channels, COMMANDS, ...cluster])].join(" ");
}

/**
 * Returns the patterns that the classic adapter passes to PSUBSCRIBE. Redis compares a pattern with the allowed ones character by
 * character, so `socket.io*` does not cover it. Measured with Redis 7.0.15; source: Redis documentation, "ACL", allow and disallow
 * channels.
 */
function subscribePatterns(prefix: string, { kind, socketNamespaces }: AccessScope): string[] {
  if (prefix === "" || kind !== "replication-group") return [];
  return socketNamespaces.map((namespace) => `&${prefix}#${namespace}#*`);
}
