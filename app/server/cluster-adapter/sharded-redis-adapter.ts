import { setTimeout as sleep } from "node:timers/promises";
import { createShardedAdapter } from "@socket.io/redis-adapter";
import { createCluster } from "redis";
import { contract } from "../../contract";
import { type RedisConfiguration } from "../configuration";
import { type Log } from "../operations/log";
import { clientOptions } from "./client-options";
import { logRedisErrors } from "./log-redis-errors";
import { type ClusterAdapter } from "./cluster-adapter";
import { GapDetector } from "./gap-detector";
import { RedisProbe } from "./redis-probe";
import { RevocationStream } from "./revocation-stream";
import { SafePublisher } from "./safe-publisher";
import { SafeSubscriber, type SubscribeCommands } from "./safe-subscriber";

/** The hash tag keeps the adapter's channels and the probe's on one shard, so that one probe covers all of them. */
const CHANNEL_PREFIX = `${contract.container.redis.channelPrefix}{fan-out}`;
/** Milliseconds between two attempts to find the cluster. */
const RETRY_MS = 1000;

/**
 * Creates the cluster adapter for a Redis cluster or ElastiCache Serverless, which do not support the classic adapter's pattern
 * subscriptions. It differs from the sharded adapter's defaults in two ways: local delivery does not wait for Redis (SafePublisher), and all
 * rooms share one channel, because the adapter does not await the subscription of a room's channel and loses earlier messages (measured: 179
 * of 500).
 */
export function createShardedRedisAdapter(redis: RedisConfiguration, log: Log): ClusterAdapter {
  const publisher = connect(redis, "publisher", log);
  let subscriber = connect(redis, "subscriber", log);
  const subscriptions = new SafeSubscriber(log);
  const revocationFeed = new RevocationStream(publisher.cluster, log);
  subscriptions.use(subscriber.commands);

  const probe = new RedisProbe({
    channel: `${CHANNEL_PREFIX}-probe#`,
    publisher: publisher.cluster,
    subscriptions,
    onBack: () => {
      gaps.subscriberReady();
      gaps.publisherReady();
    },
    // Replacing a shard can lose the client's subscriptions, so start with a new client.
    onLost: () => {
      subscriber.close();
      subscriber = connect(redis, "subscriber", log);
      subscriptions.use(subscriber.commands);
    },
  });
  const gaps = new GapDetector(() => probe.isAlive);

  return {
    adapter: createShardedAdapter(new SafePublisher(publisher.cluster, () => gaps.publishFailed()), subscriptions, {
      channelPrefix: CHANNEL_PREFIX,
      subscriptionMode: "static",
    }),
    limiterStore: publisher.cluster,
    revocationFeed,
    isConnected: () => probe.isAlive && subscriptions.isComplete,
    onGap: (listener) => gaps.listen(listener),
    close: () => {
      probe.stop();
      gaps.close();
      revocationFeed.stop();
      subscriptions.use(undefined);
      publisher.close();
      subscriber.close();
    },
  };
}

/** Retries, because a cluster client, unlike a plain one, gives up when it finds no node at first. */
function connect(redis: RedisConfiguration, name: string, log: Log) {
  const { socket, ...defaults } = clientOptions(redis);
  const cluster = createCluster({ rootNodes: [{ socket }], defaults: { ...defaults, socket } });
  logRedisErrors(cluster, name, log);
  const commands: SubscribeCommands = {
    subscribe: (channels, listener) => cluster.subscribe(channels, listener, true),
    pSubscribe: (channels, listener) => cluster.pSubscribe(channels, listener, true),
    sSubscribe: (channels, listener) => cluster.sSubscribe(channels, listener, true),
  };
  let closed = false;
  void (async () => {
    while (!closed) {
      try {
        await cluster.connect();
        return;
      } catch {
        await sleep(RETRY_MS, undefined, { ref: false });
      }
    }
  })();
  return {
    cluster,
    commands,
    close: (): void => {
      closed = true;
      if (cluster.isOpen) cluster.destroy();
    },
  };
}
