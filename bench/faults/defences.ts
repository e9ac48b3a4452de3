import { type SourcePatch } from "../../app/__tests__/helpers/source-patches";

/** Code that prevents loss or duplication of messages, and the row of the matrix that fails without it. */
export interface Defence {
  readonly name: string;
  /** Purpose, for the report. */
  readonly why: string;
  readonly fault: string;
  readonly server?: readonly SourcePatch[];
  readonly client?: readonly SourcePatch[];
  /** SQL that removes it from the schema. */
  readonly schema?: string;
}

export const DEFENCES: readonly Defence[] = [
  {
    name: "ack-after-commit",
    why: "the server acknowledges only what the database has committed",
    fault: "database-stopped",
    server: [
      {
        file: "server/domain/send-message.ts",
        from: "const result = await messages.append(sender, message);",
        to: `const storing = messages.append(sender, message);
             storing.then((r) => (r.kind === "stored" || r.kind === "duplicate") && notifier.message(r.message), () => undefined);
             if (message.body !== "") return { kind: "stored", message: { seq: 0, createdAt: "" } };
             const result = await storing;`,
      },
    ],
  },
  {
    name: "unique-key",
    why: "the database stores each client message id once, however often it is sent",
    fault: "sent-eight-times",
    schema: "alter table message drop constraint message_client_message_id;",
  },
  {
    name: "gap-check",
    why: "a client that receives a later seq requests the missing messages before it",
    fault: "fan-out-lost",
    client: [
      {
        file: "client/messenger-client.ts",
        from: "if (log.to < log.head) this.#syncer.syncIfBehind(message.conversationId);",
        to: "",
      },
    ],
  },
  {
    name: "resync",
    why: "a task that lost Redis makes all clients request what they missed",
    fault: "redis-away-and-silence",
    server: [
      {
        file: "server/cluster-adapter/redis-adapter.ts",
        from: 'publisher.on("ready", () => gaps.publisherReady());',
        to: "",
      },
      {
        file: "server/cluster-adapter/redis-adapter.ts",
        from: 'subscriber.on("ready", () => gaps.subscriberReady());',
        to: "",
      },
    ],
  },
  {
    name: "safe-publish",
    why: "a failed publish does not end the process",
    fault: "redis-killed",
    server: [
      { file: "server/cluster-adapter/safe-publisher.ts", from: "} catch {", to: "} catch (error) { throw error;" },
    ],
  },
  {
    name: "drain-by-transport-close",
    why: "a draining task closes connections in a way that makes clients reconnect",
    fault: "task-terminated",
    server: [
      {
        file: "server/realtime/engine-connection.ts",
        from: "  connection(socket).close();",
        to: "  (socket as RealtimeSocket).disconnect(true);",
      },
    ],
  },
  {
    name: "outbox-sends-again",
    why: "a client resends a message until it is acknowledged",
    fault: "database-stopped",
    client: [
      {
        file: "client/outbox.ts",
        from: "} else if (result.retryable) {",
        to: "} else if (result.retryable && attempt < 0) {",
      },
    ],
  },
  {
    name: "status-notice",
    why: "everybody in a conversation hears that an agent closed or reopened it",
    fault: "closed-and-reopened",
    server: [
      {
        file: "server/domain/change-status.ts",
        from: "notifier.statusChanged(conversationId, current, lastSeq);",
        to: "",
      },
    ],
  },
  {
    name: "handed-over",
    why: "the customers of a disabled agent go to the named colleague or to the queue",
    fault: "agents-disabled",
    server: [
      {
        file: "server/domain/set-user-disabled.ts",
        from: "await conversations.releaseAll({ userId, by: admin, successorId });",
        to: "[] as string[];",
      },
    ],
  },
];

/** @throws Error with the known names */
export function findDefence(name: string): Defence {
  const defence = DEFENCES.find((candidate) => candidate.name === name);
  if (defence) return defence;
  throw new Error(`defence: expected one of ${DEFENCES.map((each) => each.name).join(", ")}, got ${name}.`);
}
