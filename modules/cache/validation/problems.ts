import { type ProblemCatalogue } from "../../core/problem";

export const cacheProblems = {
  "cache/identifier": {
    summary: "The identifier of a cache is malformed, too long or not a literal.",
    why: "ElastiCache refuses it at apply, and the names of log groups and of the final snapshot are made from it at synth (ElastiCache API reference, CreateReplicationGroup.ReplicationGroupId).",
  },
  "cache/engine-version": {
    summary: "An engine version is unknown, too old or not a literal.",
    why: "Versions before Redis OSS 7.0 have no IAM authentication and no sharded Pub/Sub; nodes are given with a minor version, serverless without (ElastiCache user guide, supported engines and versions).",
  },
  "cache/adapter": {
    summary: "The Socket.IO adapter does not work on this kind of cache.",
    why: "The classic adapter needs PSUBSCRIBE, which serverless refuses, and its Pub/Sub is broadcast to every node of a cluster (socket.io-redis-adapter issue 553; ElastiCache user guide, overall best practices).",
  },
  "cache/prop-of-other-kind": {
    summary: "A prop was set that this kind of cache does not have.",
    why: "It would have no effect: nodes have a type and replicas, a cluster has shards, and serverless has usage limits.",
  },
  "cache/parameter": {
    summary: "An engine parameter is malformed or is set by the construct.",
    why: "ElastiCache accepts text values only, and cluster-enabled follows from the kind.",
  },
  "cache/unknown-parameter": {
    summary: "An engine parameter does not exist in this version, or cannot be changed.",
    why: "ElastiCache refuses it at apply, when the rest of the stack has been created (ElastiCache user guide, engine specific parameters).",
  },
  "cache/node-type": {
    summary: "A value is not the name of an ElastiCache node type.",
    why: "An EC2 instance type, or a size that the family does not have, fails only at apply.",
  },
  "cache/refused-node-family": {
    summary: "A node type belongs to a retired family, or to one that keeps data on disk.",
    why: "AWS no longer offers the retired families, and r6gd requires data tiering, which the construct does not set up (ElastiCache user guide, supported node types).",
  },
  "cache/windows-overlap": {
    summary: "The snapshot window and the maintenance window overlap.",
    why: "ElastiCache refuses it at apply (ElastiCache API reference, CreateReplicationGroup).",
  },
  "cache/node-count": {
    summary: "The cluster would have more nodes than AWS allows.",
    why: 'A quota counts the primaries and the replicas of all shards (ElastiCache user guide, "Quotas").',
  },
  "cache/multi-az-without-replica": {
    summary: "multiAz is on without a replica.",
    why: "Failover needs a replica in another zone; ElastiCache refuses Multi-AZ without one.",
  },
  "cache/no-authentication-reason": {
    summary: "Authentication was switched off without a reason.",
    why: "Anyone who passes the security group may then read and delete everything; the reason becomes part of the cache's description.",
  },
  "cache/reason-length": {
    summary: "The reason for a cache without authentication is too long.",
    why: "It is part of the description, and ElastiCache accepts 255 characters for a serverless cache (ElastiCache API reference, CreateServerlessCache).",
  },
  "cache/user-name": {
    summary: "The name of the cache's user is malformed, too long or `default`.",
    why: "With IAM the name must equal the user's id, which has these rules (ElastiCache user guide, authenticating with IAM); `default` is the user of clients that sign in without a name.",
  },
  "cache/prefixes-without-user": {
    summary: "Key or channel prefixes were given without authentication.",
    why: "Prefixes restrict a user, and without authentication there is none.",
  },
  "cache/prefix": {
    summary: "The key or channel prefixes are empty, or one has spaces or glob characters.",
    why: "They are written into the user's access string, where a space ends a rule and a glob character would widen it.",
  },
  "cache/namespace": {
    summary: "The Socket.IO namespaces are empty, or one does not begin with a slash.",
    why: "The channel that the user may subscribe to is made from each namespace, and a Socket.IO namespace begins with a slash.",
  },
  "cache/no-iam-user": {
    summary: "iamConnectStatement() was called on a cache without authentication.",
    why: "Without authentication there is no user to sign in as.",
  },
} as const satisfies ProblemCatalogue;
