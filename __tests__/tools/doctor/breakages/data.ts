import { type AwsFault, type Script } from "../../deploy/scripted-aws";
import { CACHE, database, nowSec, replicationGroup, secret } from "../healthy";
import { type Breakage, environment, notFound } from "./breakage";

/** Data stores, and what reaches them. */
export const DATA: readonly Breakage[] = [
  ["no adapter", "adapter", { answers: environment({ SOCKET_ADAPTER: "in-memory" }) }, /^2 tasks run without a Redis/],
  [
    "an adapter without connection",
    "adapter",
    { answers: { GetMetricStatistics: { Datapoints: [{ Timestamp: nowSec - 60, Minimum: 0 }] } } },
    /^A task reports that its adapter is not connected/,
  ],
  [
    "a plain adapter on a cache in cluster mode",
    "adapter",
    { answers: { DescribeReplicationGroups: replicationGroup({ cluster: true }) } },
    /^The plain Redis adapter runs on a cache in cluster mode/,
  ],
  [
    "a cache that is being created again",
    "cache",
    { answers: { DescribeReplicationGroups: replicationGroup({ status: "creating" }) } },
    /^The cache crm-dev-cache is creating/,
  ],
  [
    "a URL without TLS",
    "cache",
    { answers: environment({ REDIS_URL: `redis://app@${CACHE}:6379` }) },
    /^The cache accepts TLS only/,
  ],
  [
    "a cache without encryption",
    "cache",
    { answers: { DescribeReplicationGroups: replicationGroup({ tls: false }) } },
    /^The cache crm-dev-cache does not encrypt connections/,
  ],
  [
    "a cache at another address",
    "cache",
    { answers: { DescribeReplicationGroups: replicationGroup({ host: "new.cache.amazonaws.com" }) } },
    /^No cache of this account and region has the address master\.crm-dev-cache/,
  ],
  [
    "a database whose disk is full",
    "database",
    { answers: { DescribeDBInstances: database("storage-full") } },
    /^The database crm-dev-db is storage-full/,
  ],
  [
    "a database at another address",
    "database",
    { answers: { DescribeDBInstances: database("available", "new.rds.amazonaws.com") } },
    /^No database of this account and region has the address/,
  ],
  [
    "a secret that is being deleted",
    "secrets",
    { answers: { DescribeSecret: ofSecret("oidc", secret({ DeletedDate: nowSec - 86_400 })) } },
    /^The secret of OIDC_CLIENT_SECRET was deleted on 2026-11-29/,
  ],
  [
    "a secret without a value",
    "secrets",
    { answers: { DescribeSecret: ofSecret("oidc", secret({ VersionIdsToStages: {} })) } },
    /^The secret of OIDC_CLIENT_SECRET has no current version/,
  ],
  [
    "a secret that is gone",
    "secrets",
    { answers: { DescribeSecret: ofSecret("nextauth", notFound()) } },
    /^The secret of NEXTAUTH_SECRET does not exist/,
  ],
];

function ofSecret(name: string, answer: Readonly<Record<string, unknown>> | AwsFault): Script[string] {
  return ({ SecretId }) => (String(SecretId).includes(`/${name}-`) ? answer : secret());
}
