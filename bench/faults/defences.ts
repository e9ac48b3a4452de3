import { type SourcePatch } from "../../app/__tests__/helpers/source-patches";

/** Something that keeps the promise, and the row of the matrix that turns red without it. */
export interface Defence {
  readonly name: string;
  /** Why it is there, for the table. */
  readonly why: string;
  readonly fault: string;
  readonly server?: readonly SourcePatch[];
  readonly client?: readonly SourcePatch[];
  /** SQL that takes it out of the schema. */
  readonly schema?: string;
}

export const DEFENCES: readonly Defence[] = [
  {
    name: "ack-after-commit",
    why: "the server acknowledges what the database has committed, and nothing else",
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
    why: "the database takes each client's message id once, however often and wherever it is sent",
    fault: "sent-eight-times",
    schema: "alter table message drop constraint message_client_message_id;",
  },
  {
    name: "gap-check",
    why: "a client that sees a later seq asks for what is missing before it",
    fault: "hand-out-lost",
    client: [
      {
        file: "client/messenger-client.ts",
        from: "if (log.to < log.head) this.#syncer.wantIfBehind(message.conversationId);",
        to: "",
      },
    ],
  },
  {
    name: "resync",
    why: "a task that was without Redis has its clients, and those of the others, ask for what they missed",
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
    why: "a publish that fails ends no process",
    fault: "redis-killed",
    server: [
      { file: "server/cluster-adapter/safe-publisher.ts", from: "} catch {", to: "} catch (error) { throw error;" },
    ],
  },
  {
    name: "drain-by-transport-close",
    why: "a task that leaves lets its clients go in a way that they come back",
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
    why: "a client sends a message until it is acknowledged",
    fault: "database-stopped",
    client: [
      {
        file: "client/outbox.ts",
        from: "} else if (result.retryable) {",
        to: "} else if (result.retryable && attempt < 0) {",
      },
    ],
  },
];

/** @throws Error with the names that there are */
export function findDefence(name: string): Defence {
  const defence = DEFENCES.find((candidate) => candidate.name === name);
  if (defence) return defence;
  throw new Error(`no such defence: ${name}. There is ${DEFENCES.map((each) => each.name).join(", ")}.`);
}
