import { randomUUID } from "node:crypto";
import { type Fault } from "../fault";
import { connectRaw } from "../crowd/idle-clients";

const FIRST_CLIENT_INDEX = 240;

/** Faults between commit and fan-out. */
export const handOutFaults: readonly Fault[] = [
  {
    name: "fan-out-lost",
    what: "a task is killed after commit and before fan-out, and the writers never reconnect",
    act: async (stage) => {
      const { crowd, twin } = stage;
      const task = stage.task(0);
      const { address } = twin.tasks().find(({ id }) => id === task)!;
      const writers = await Promise.all(
        crowd.people.visitors.map(async (person, index) => {
          const socket = await connectRaw(crowd.httpClient(FIRST_CLIENT_INDEX + index), person, {
            server: `http://${address}`,
          });
          return { socket, conversationId: person.conversationIds[0]! };
        }),
      );
      twin.database.pause();
      for (const { socket, conversationId } of writers) {
        const clientMessageId = randomUUID();
        crowd.journal.attempted(clientMessageId, conversationId);
        crowd.journal.abandon(clientMessageId);
        void socket.request("message:send", { conversationId, clientMessageId, body: "My last words" });
      }
      await stage.wait(0.3);
      stage.signal(task, "SIGSTOP");
      twin.database.resume();
      await stage.wait(0.5);
      stage.signal(task, "SIGKILL");
      for (const { socket } of writers) socket.close();
      await stage.untilGone(task);
    },
  },
];
