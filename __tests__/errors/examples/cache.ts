import { Cache, type CacheProps } from "../../../modules/cache";
import { type Examples } from "./example";

const valid: CacheProps = {
  name: "crm-prod",
  network: {
    vpcId: "vpc-0123456789abcdef0",
    isolatedSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  },
};

export const cacheExamples: Examples = {
  "cache/identifier": (stack) => new Cache(stack, "cache", { ...valid, identifier: "crm_prod" }),
  "cache/engine-version": (stack) => new Cache(stack, "cache", { ...valid, engine: "redis", engineVersion: "6.2" }),
  "cache/adapter": (stack) => new Cache(stack, "cache", { ...valid, kind: "serverless", adapter: "redis" }),
  "cache/prop-of-other-kind": (stack) => new Cache(stack, "cache", { ...valid, kind: "serverless", replicas: 1 }),
  "cache/unknown-parameter": (stack) =>
    new Cache(stack, "cache", { ...valid, parameters: { "maxmemory-polcy": "allkeys-lru" } }),
  "cache/parameter": (stack) => new Cache(stack, "cache", { ...valid, parameters: { "cluster-enabled": "yes" } }),
  "cache/node-type": (stack) => new Cache(stack, "cache", { ...valid, nodeType: "m7g.large" }),
  "cache/refused-node-family": (stack) => new Cache(stack, "cache", { ...valid, nodeType: "cache.r6gd.xlarge" }),
  "cache/windows-overlap": (stack) => new Cache(stack, "cache", { ...valid, snapshotWindow: "21:00-22:00" }),
  "cache/node-count": (stack) => new Cache(stack, "cache", { ...valid, kind: "cluster", shards: 50, replicas: 2 }),
  "cache/multi-az-without-replica": (stack) => new Cache(stack, "cache", { ...valid, replicas: 0, multiAz: true }),
  "cache/no-authentication-reason": (stack) =>
    new Cache(stack, "cache", { ...valid, authentication: { kind: "none", reason: "" } }),
  "cache/reason-length": (stack) =>
    new Cache(stack, "cache", {
      ...valid,
      kind: "serverless",
      authentication: { kind: "none", reason: "A test environment without data, in an account of its own. ".repeat(5) },
    }),
  "cache/user-name": (stack) =>
    new Cache(stack, "cache", { ...valid, authentication: { kind: "iam", userName: "default" } }),
  "cache/prefixes-without-user": (stack) =>
    new Cache(stack, "cache", {
      ...valid,
      authentication: { kind: "none", reason: "A test environment without data" },
      keyPrefixes: ["messenger-crm:"],
    }),
  "cache/prefix": (stack) => new Cache(stack, "cache", { ...valid, keyPrefixes: ["messenger-crm:*"] }),
  "cache/namespace": (stack) => new Cache(stack, "cache", { ...valid, socketNamespaces: ["agents"] }),
  "cache/no-iam-user": (stack) => {
    const authentication = { kind: "none", reason: "A test environment without data" } as const;
    new Cache(stack, "cache", { ...valid, authentication }).iamConnectStatement();
  },
};
