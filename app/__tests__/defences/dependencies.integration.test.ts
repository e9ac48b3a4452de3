import * as checks from "./checks";
import { patch, describeDefences } from "./defence";

describeDefences({
  "row 36": {
    check: checks.redisMayDie,
    tasks: 2,
    without: {
      "the publish that does not reject": [
        patch("cluster-adapter/safe-publisher.ts", "} catch {", "} catch (error) { throw error;"),
      ],
      "the detection of gaps": [
        patch("cluster-adapter/redis-adapter.ts", 'publisher.on("ready", () => gaps.publisherReady());', ""),
        patch("cluster-adapter/redis-adapter.ts", 'subscriber.on("ready", () => gaps.subscriberReady());', ""),
      ],
    },
  },
  "row 37": {
    check: checks.redisMayHang,
    tasks: 2,
    without: {
      "the socket timeout": [patch("cluster-adapter/client-options.ts", "socketTimeout: SOCKET_TIMEOUT_MS,", "")],
      "the reconnect strategy": [patch("cluster-adapter/client-options.ts", "reconnectStrategy: retryAfterMs,", "")],
    },
  },
  "row 38": {
    check: checks.postgresMayStop,
    without: {
      "the listeners for broken connections": [
        patch("data/postgres.ts", 'pool.on("connect", (client) => client.on("error", () => undefined));', ""),
        patch("data/postgres.ts", 'pool.on("error", (error) => onIdleError?.(error));', ""),
      ],
    },
  },
  "row 39": {
    check: checks.postgresMayHang,
    without: {
      "the query timeout": [patch("data/postgres.ts", "query_timeout: limits.answerMs,", "")],
    },
  },
  "row 40": {
    check: checks.acknowledgedMeansStored,
    without: {
      "waiting for the commit": [
        patch(
          "domain/send-message.ts",
          "const result = await messages.append(sender, message);",
          `void messages.append(sender, message).catch(() => undefined);
           if (message.body !== "") return { kind: "stored", message: { seq: 1, createdAt: "" } };
           const result = await messages.append(sender, message);`,
        ),
      ],
    },
  },
  "row 42": {
    check: checks.leavesInOrder,
    without: {
      "the close that lets clients reconnect": [
        patch(
          "realtime/engine-connection.ts",
          "  connection(socket).close();",
          "  (socket as RealtimeSocket).disconnect(true);",
        ),
      ],
      "waiting for events in flight": [
        patch("operations/drain.ts", "await Promise.race([settle(), this.#pause(IN_FLIGHT_MS)]);", "void settle();"),
      ],
    },
  },
});
