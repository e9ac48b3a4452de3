import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Cache, type CacheProps, EncryptionKey } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep, together } from "../helpers/transitions/sweep";
import { type Build, changes } from "../helpers/transitions/transitions";

const cache =
  (props: Partial<CacheProps>): Build =>
  (scope, { name, network }) =>
    new Cache(scope, "cache", { name, network, skipFinalSnapshot: true, ...props });

const serverless =
  (props: Partial<CacheProps>): Build =>
  (scope, { name, network }) =>
    new Cache(scope, "cache", { name, network, kind: "serverless", ...props });

const withTopic: Build = (scope, surroundings) => {
  const { arn } = new SnsTopic(scope, "events", {
    name: `${surroundings.name}-events`,
    // As every topic of this library: the cache publishes to it until it has been updated.
    lifecycle: { createBeforeDestroy: true },
  });
  cache({ notificationTopicArn: arn })(scope, surroundings);
};

const withClient: Build = (scope, surroundings) => {
  const { name, network } = surroundings;
  const { id } = new SecurityGroup(scope, "client", { name: `${name}-client`, vpcId: network.vpcId });
  cache({ allowedSecurityGroups: { client: id } })(scope, surroundings);
};

const withKey: Build = (scope, surroundings) => {
  const { name } = surroundings;
  const key = new EncryptionKey(scope, "key", { name, accountId: "123456789012", region: "ap-northeast-1" });
  cache({ logsKmsKeyArn: key.keyArn })(scope, surroundings);
};

itChanges([
  ...sweep<CacheProps>("Cache", cache, {
    replicas: [2],
    multiAz: [false],
    uncheckedParameters: [{ "list-max-listpack-size": "128" }],
  }),
  together<CacheProps>("Cache", cache, {
    adapter: "sharded-redis",
    keyPrefixes: ["crm:"],
    channelPrefixes: ["socket.io"],
    socketNamespaces: ["/", "/admin"],
  }),
  together<CacheProps>("Cache", cache, { snapshotWindow: "15:00-16:00", skipFinalSnapshot: false }),
  together<CacheProps>("Cache", serverless, {
    maxStorageGiB: 10,
    maxEcpuPerSec: 10_000,
    snapshotRetentionDays: 3,
    snapshotWindow: "15:00-16:00",
  }),
  changes(
    "Cache",
    "shards",
    ["2", cache({ kind: "cluster" })],
    ["3", cache({ kind: "cluster", shards: 3 })],
    ["2", cache({ kind: "cluster" })],
  ),
  changes(
    "Cache",
    "notificationTopicArn",
    ["none", cache({})],
    ["a topic", withTopic],
    ["none, the topic destroyed", cache({})],
  ),
  changes(
    "Cache",
    "allowedSecurityGroups",
    ["none", cache({})],
    ["a client", withClient],
    ["none, its group destroyed", cache({})],
  ),
  changes(
    "Cache",
    "logsKmsKeyArn",
    ["none", cache({})],
    ["an EncryptionKey", withKey],
    ["none, the EncryptionKey destroyed", cache({})],
  ),
]);
