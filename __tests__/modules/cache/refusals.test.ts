import { Token } from "cdktf";
import { Cache, type CacheProps } from "../../../modules/cache";
import { refusal } from "../../helpers/refusal";
import { refused } from "./make";

const FOUR = [..."abcd"].map((last) => `subnet-0000000${last}`);

const line = (text: string) => `[test/cache] ${text}`;
const OLD = "Older versions are outdated and have no IAM authentication; AWS chooses the patch version.";
const NODE_TYPES = "Names begin with cache., and only burstable families have micro, small and medium.";

describe("cache refuses", () => {
  const cases: [string, Partial<CacheProps>, string][] = [
    [
      "an unknown kind",
      { kind: "single" as never },
      'kind: expected one of replication-group, cluster, serverless, got "single". It decides what is synthesized, so it must be a literal.',
    ],
    [
      "an engine in capitals",
      { engine: "Valkey" as never },
      'engine: expected one of valkey, redis, got "Valkey". It decides what is synthesized, so it must be a literal.',
    ],
    [
      "a version long out of date",
      { engine: "redis", engineVersion: "5.0.6" },
      `engineVersion: expected a literal, one of 7.0, 7.1 with redis, got "5.0.6". ${OLD}`,
    ],
    [
      "a patch version",
      { engine: "redis", engineVersion: "7.1.0" },
      `engineVersion: expected a literal, one of 7.0, 7.1 with redis, got "7.1.0". ${OLD}`,
    ],
    [
      "Redis's version of Valkey",
      { engineVersion: "7.1" },
      `engineVersion: expected a literal, one of 7.2, 8.0, 8.1, 8.2 with valkey, got "7.1". ${OLD}`,
    ],
    [
      "a minor version of serverless",
      { kind: "serverless", engineVersion: "8.0" },
      'engineVersion: expected a literal, one of 7, 8 with valkey, got "8.0". AWS chooses the minor version of a serverless cache.',
    ],
    [
      "zones without a replica",
      { replicas: 0, multiAz: true },
      "multiAz: expected nothing or false without a replica, got true. Failover needs a replica: set replicas to 1 or more.",
    ],
    [
      "six replicas",
      { replicas: 6 },
      "replicas: expected a whole number from 0 to 5, got 6. A primary has at most 5 replicas.",
    ],
    [
      "replicas that Terraform learns later",
      { replicas: Token.asNumber({ resolve: () => 1, creationStack: [] }) },
      "replicas: expected a literal, got a value that is known only at apply. It decides what is synthesized, so it must be known at synth.",
    ],
    [
      "a string for a boolean",
      { skipFinalSnapshot: "false" as never },
      'skipFinalSnapshot: expected a literal true or false, got "false". Write true or false, without quotes.',
    ],
    [
      "too many shards",
      { kind: "cluster", shards: 91 },
      "shards: expected a whole number from 1 to 90, got 91. AWS's default quota is 90 nodes per cluster.",
    ],
    [
      "shards without cluster mode",
      { shards: 2 },
      "shards: expected nothing with kind replication-group, got 2. See the README for the props of each kind.",
    ],
    [
      "nodes on serverless",
      { kind: "serverless", nodeType: "cache.t4g.micro" },
      'nodeType: expected nothing with kind serverless, got "cache.t4g.micro". See the README for the props of each kind.',
    ],
    [
      "limits on nodes",
      { maxStorageGiB: 5 },
      "maxStorageGiB: expected nothing with kind replication-group, got 5. See the README for the props of each kind.",
    ],
    [
      "limits that AWS does not have",
      { kind: "serverless", maxEcpuPerSec: 10 },
      "maxEcpuPerSec: expected a whole number from 1000 to 15000000 ECPU a second, got 10. It limits the bill: AWS bills the ECPUs that are used.",
    ],
    [
      "a node type without its prefix",
      { nodeType: "t4g.micro" },
      `nodeType: expected a node type, such as cache.t4g.micro or cache.m7g.large, got "t4g.micro". ${NODE_TYPES}`,
    ],
    [
      "a size that its family has not",
      { nodeType: "cache.t4g.large" },
      `nodeType: expected a node type, such as cache.t4g.micro or cache.m7g.large, got "cache.t4g.large". ${NODE_TYPES}`,
    ],
    [
      "a retired family",
      { nodeType: "cache.t2.micro" },
      'nodeType: expected a current node family that keeps its data in memory, got "cache.t2.micro". Use cache.t4g instead.',
    ],
    [
      "port 0",
      { port: 0 },
      "port: expected a whole number from 1024 to 65535, got 0. The default port of Redis is 6379.",
    ],
    [
      "the classic adapter on a cluster",
      { kind: "cluster", adapter: "redis" },
      'adapter: expected sharded-redis or redis-streams with kind cluster, got "redis". Use kind replication-group for redis; the README gives the reason.',
    ],
    [
      "the classic adapter on serverless",
      { kind: "serverless", adapter: "redis" },
      'adapter: expected sharded-redis with kind serverless, got "redis". Use kind replication-group for redis; the README gives the reason.',
    ],
    [
      "streams on serverless",
      { kind: "serverless", adapter: "redis-streams" },
      'adapter: expected sharded-redis with kind serverless, got "redis-streams". Use kind replication-group or cluster for redis-streams; the README gives the reason.',
    ],
    [
      "an adapter that does not exist",
      { adapter: "kafka" as never },
      'adapter: expected redis or sharded-redis or redis-streams with kind replication-group, got "kafka". Only these Socket.IO adapters use Redis.',
    ],
    [
      "a password, without showing it",
      { authentication: { kind: "password", password: "hunter2" } as never },
      'authentication: expected an object whose kind is one of iam, none, got kind "password". Passwords are not supported: they would be stored in Terraform\'s state.',
    ],
    [
      "a token beside IAM, without showing it",
      { authentication: { kind: "iam", authToken: "hunter2" } as never },
      "authentication.authToken: expected a prop of kind iam, got an unknown one. Passwords are not supported: they would be stored in Terraform's state.",
    ],
    [
      "no authentication without a reason",
      { authentication: { kind: "none", reason: "" } },
      "authentication.reason: expected a value, got an empty string. Say why the cache has no authentication; the reason becomes part of its description.",
    ],
    [
      "prefixes without users",
      { authentication: { kind: "none", reason: "x" }, keyPrefixes: ["a:"] },
      "keyPrefixes: expected nothing with authentication none, got [ 'a:' ]. Prefixes restrict a user, and without authentication there is none.",
    ],
    [
      "a prefix that opens everything",
      { keyPrefixes: ["a:", "*"] },
      'keyPrefixes: expected a list of prefixes without spaces and glob characters, such as messenger-crm:, got "*". Omit it to allow all of them; the construct appends * to each prefix.',
    ],
    [
      "a prefix that smuggles a right in",
      { channelPrefixes: ["a +@all"] },
      'channelPrefixes: expected a list of prefixes without spaces and glob characters, such as messenger-crm:, got "a +@all". Omit it to allow all of them; the construct appends * to each prefix.',
    ],
    [
      "a namespace without its slash",
      { socketNamespaces: ["admin"] },
      'socketNamespaces: expected a list of namespaces that begin with a slash, got "admin". Socket.IO\'s default namespace is "/"; a dynamic namespace cannot be allowed by name.',
    ],
    [
      "snapshots for longer than AWS keeps them",
      { snapshotRetentionDays: 36 },
      "snapshotRetentionDays: expected a whole number from 0 to 35 days, got 36. 0 disables snapshots.",
    ],
    [
      "a window too short",
      { snapshotWindow: "17:00-17:30" },
      'snapshotWindow: expected a window of 60 minutes to 24 hours, got "17:00-17:30". Lengthen it, or put the end behind the start.',
    ],
    [
      "a window in capitals",
      { maintenanceWindow: "Sun:20:30-Sun:21:30" },
      'maintenanceWindow: expected ddd:hh:mm-ddd:hh:mm in UTC, lower case, such as sun:19:30-sun:20:30, got "Sun:20:30-Sun:21:30". Take an hour with few users; the clock is UTC.',
    ],
    [
      "a malformed topic ARN",
      { notificationTopicArn: "alarms" },
      'notificationTopicArn: expected the ARN of a standard SNS topic without encryption, arn:…:sns:<region>:<account>:<name>, got "alarms". The README says what ElastiCache needs of a topic.',
    ],
    [
      "cluster mode by the back door",
      { parameters: { "cluster-enabled": "yes" } },
      'parameters.cluster-enabled: expected a parameter that the construct does not set, with a string value, got "yes". Write the value as text; for cluster mode set kind to "cluster".',
    ],
    [
      "four subnets of serverless",
      { kind: "serverless", network: { vpcId: "vpc-0123456789abcdef0", isolatedSubnetIds: FOUR } },
      "network.isolatedSubnetIds: expected 2 to 3, got 4 (subnet-0000000a, subnet-0000000b, subnet-0000000c, subnet-0000000d). A replica in another zone keeps the data when a zone fails.",
    ],
  ];
  it.each(cases)("%s", (_, props, message) => {
    expect(refused(props)).toEqual([line(message)]);
  });

  it.each(["Redis", "r_r", "r--r", "a".repeat(41), "1a", "a-"])("%p as an identifier", (identifier) => {
    expect(refused({ identifier })[0]).toContain(
      "identifier: expected a literal of at most 40 lower-case letters, digits and single hyphens, beginning with a letter",
    );
  });

  it.each(["default", "App", "a--b", "a".repeat(41)])("%p as a user name", (userName) => {
    expect(refused({ authentication: { kind: "iam", userName } })[0]).toContain(
      'authentication.userName: expected at most 40 lower-case letters, digits and single hyphens, beginning with a letter, and not "default"',
    );
  });

  it("several problems in one error", () => {
    const lines = refused({ name: "CRM", nodeType: "huge", snapshotRetentionDays: -1, engineVersion: "6.2" });
    expect(lines.map((text) => text.split(" ")[1])).toEqual([
      "name:",
      "snapshotRetentionDays:",
      "engineVersion:",
      "nodeType:",
    ]);
  });

  it.each([undefined, null, [], {}])("props of %p", (props) => {
    const lines = refusal((stack) => void new Cache(stack, "cache", props as never));
    expect(lines[0]).toMatch(/^\[test\/cache\] (props|name): expected/);
  });
});
