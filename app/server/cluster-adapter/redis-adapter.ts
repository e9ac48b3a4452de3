import { createAdapter } from "@socket.io/redis-adapter";
import { createClient } from "redis";
import { contract } from "../../contract";
import { type RedisConfiguration } from "../configuration";
import { type Log } from "../operations/log";
import { clientOptions } from "./client-options";
import { logRedisErrors } from "./log-redis-errors";
import { type ClusterAdapter } from "./cluster-adapter";
import { GapDetector } from "./gap-detector";
import { RevocationStream } from "./revocation-stream";
import { SafePublisher } from "./safe-publisher";
import { SafeSubscriber, type SubscribeCommands } from "./safe-subscriber";

/** Creates the cluster adapter for a single Redis, possibly with replicas. Its local delivery never waits for Redis. */
export function createRedisAdapter(redis: RedisConfiguration, log: Log): ClusterAdapter {
  const publisher = createClient(clientOptions(redis));
  const subscriber = createClient(clientOptions(redis));
  const gaps = new GapDetector(() => publisher.isReady);
  const subscriptions = new SafeSubscriber(log);
  const revocationFeed = new RevocationStream(publisher, log);
  subscriptions.use(commandsOf(subscriber));

  logRedisErrors(publisher, "publisher", log);
  logRedisErrors(subscriber, "subscriber", log);
  publisher.on("ready", () => gaps.publisherReady());
  // node-redis has resubscribed when it emits this event.
  subscriber.on("ready", () => gaps.subscriberReady());
  for (const client of [publisher, subscriber]) {
    // Does not reject while the client is open, because the reconnect strategy never gives up.
    client.connect().catch((error: unknown) => log.error({ err: error }, "a Redis client gave up"));
  }

  return {
    adapter: createAdapter(new SafePublisher(publisher, () => gaps.publishFailed()), subscriptions, {
      key: contract.container.redis.channelPrefix,
      publishOnSpecificResponseChannel: true,
    }),
    limiterStore: publisher,
    revocationFeed,
    isConnected: () => publisher.isReady && subscriber.isReady && subscriptions.isComplete,
    onGap: (listener) => gaps.listen(listener),
    close: () => {
      gaps.close();
      revocationFeed.stop();
      subscriptions.use(undefined);
      for (const client of [publisher, subscriber]) if (client.isOpen) client.destroy();
    },
  };
}

function commandsOf(client: ReturnType<typeof createClient>): SubscribeCommands {
  return {
    subscribe: (channels, listener) => client.subscribe(channels, listener, true),
    pSubscribe: (channels, listener) => client.pSubscribe(channels, listener, true),
    sSubscribe: (channels, listener) => client.sSubscribe(channels, listener, true),
  };
}
