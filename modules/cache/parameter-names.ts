import { similarName } from "../core/similar-name";
import { type CacheEngine } from "./engine-versions";

/**
 * Parameters that can be changed in all versions of this module.
 * Source of this and the tables below: ElastiCache user guide, "Engine specific parameters", which lists what each version adds and removes.
 */
const ALWAYS = (
  "acl-pubsub-default acllog-max-len active-defrag-cycle-max active-defrag-cycle-min active-defrag-ignore-bytes " +
  "active-defrag-max-scan-fields active-defrag-threshold-lower active-defrag-threshold-upper active-expire-effort " +
  "activedefrag client-output-buffer-limit-normal-hard-limit client-output-buffer-limit-normal-soft-limit " +
  "client-output-buffer-limit-normal-soft-seconds client-output-buffer-limit-pubsub-hard-limit " +
  "client-output-buffer-limit-pubsub-soft-limit client-output-buffer-limit-pubsub-soft-seconds " +
  "client-query-buffer-limit close-on-replica-write cluster-allow-pubsubshard-when-down " +
  "cluster-allow-reads-when-down cluster-preferred-endpoint-type cluster-require-full-coverage databases " +
  "hash-max-listpack-entries hash-max-listpack-value hll-sparse-max-bytes latency-tracking lfu-decay-time " +
  "lfu-log-factor list-compress-depth maxmemory-policy maxmemory-samples min-replicas-max-lag min-replicas-to-write " +
  "notify-keyspace-events proto-max-bulk-len rename-commands repl-backlog-size repl-backlog-ttl reserved-memory " +
  "reserved-memory-percent set-max-intset-entries slowlog-log-slower-than slowlog-max-len stream-node-max-bytes " +
  "stream-node-max-entries tcp-keepalive timeout tracking-table-max-keys zset-max-listpack-entries " +
  "zset-max-listpack-value"
).split(" ");

/** Parameters of some versions: from the first one, up to before the second one. Valkey 7.2 has those of Redis OSS 7. */
const SOMETIMES: Readonly<
  Record<string, { readonly since?: number | undefined; readonly before?: number | undefined }>
> = {
  "lazyfree-lazy-eviction": { before: 8 },
  "lazyfree-lazy-expire": { before: 8 },
  "lazyfree-lazy-server-del": { before: 8 },
  "lazyfree-lazy-user-del": { before: 8 },
  "extended-redis-compatibility": { since: 8 },
  "commandlog-large-reply-max-len": { since: 8.1 },
  "commandlog-large-request-max-len": { since: 8.1 },
  "commandlog-reply-larger-than": { since: 8.1 },
  "commandlog-request-larger-than": { since: 8.1 },
  "search-default-timeout-ms": { since: 8.2 },
  "search-enable-partial-results": { since: 8.2 },
  "search-fanout-target-mode": { since: 8.2 },
};

/** Parameters that exist, but have a value of AWS's own. */
const FIXED = (
  "activerehashing appendfsync appendonly client-output-buffer-limit-replica-hard-limit " +
  "client-output-buffer-limit-replica-soft-limit client-output-buffer-limit-replica-soft-seconds lua-time-limit " +
  "maxclients maxmemory repl-timeout replica-allow-chaining replica-ignore-maxmemory replica-lazy-flush"
).split(" ");

/** Names of versions before 7. */
const RENAMED: Readonly<Record<string, string>> = {
  "close-on-slave-write": "close-on-replica-write",
  "hash-max-ziplist-entries": "hash-max-listpack-entries",
  "hash-max-ziplist-value": "hash-max-listpack-value",
  "min-slaves-max-lag": "min-replicas-max-lag",
  "min-slaves-to-write": "min-replicas-to-write",
  "zset-max-ziplist-entries": "zset-max-listpack-entries",
  "zset-max-ziplist-value": "zset-max-listpack-value",
};

/** Says what is wrong with the name of a parameter that cannot be set in this version; `undefined` when it can. */
export function describeParameterMistake(name: string, engine: CacheEngine, version: string): string | undefined {
  const minor = Number(version);
  const { since = 0, before = Number.POSITIVE_INFINITY } = SOMETIMES[name] ?? {};
  if (ALWAYS.includes(name)) return undefined;
  if (Object.hasOwn(SOMETIMES, name)) {
    if (minor >= before) return `valkey ${before} has removed it: what it switched on always happens.`;
    if (minor < since) return `It exists since valkey ${since}, and this is ${engine} ${version}.`;
    return undefined;
  }
  if (FIXED.includes(name)) return "ElastiCache does not let anybody change it.";
  const known = [...ALWAYS, ...Object.keys(SOMETIMES)];
  const similar = RENAMED[name] ?? similarName(name, known);
  const hint = similar === undefined ? "" : `Did you mean ${similar}? `;
  return `${hint}What AWS has added since this version of the package goes to uncheckedParameters.`;
}
