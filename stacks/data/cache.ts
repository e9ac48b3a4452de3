import { type EnvironmentWithCache } from "../../environments";
import { Cache } from "../../modules/cache";
import { type Network } from "../../modules/network";
import { type ServiceContext } from "../service-context";

export function createCache(context: ServiceContext<EnvironmentWithCache>, network: Network): Cache {
  const { stack, name, contract, environment, kmsKeyArn } = context;
  const { cache, logRetentionDays, disposable } = environment;
  const { keyPrefix, channelPrefix } = contract.container.redis;
  return new Cache(stack, "cache", {
    name,
    network,
    ...cache,
    // Sharded channels are spread over the shards; classic channels go to every node.
    adapter: cache.kind === "cluster" ? "sharded-redis" : "redis",
    authentication: { kind: "iam", userName: name },
    keyPrefixes: [keyPrefix],
    channelPrefixes: [channelPrefix],
    skipFinalSnapshot: disposable,
    logRetentionDays,
    kmsKeyArn,
    logsKmsKeyArn: kmsKeyArn,
  });
}
