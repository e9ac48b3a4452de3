import { randomUUID } from "node:crypto";
import WebSocket from "ws";
import { type RawSocket } from "../../../tools/load/raw-socket";
import { connectRaw } from "../crowd/idlers";
import { fetchTicket } from "../crowd/participant";
import { type Person } from "../crowd/people";
import { type Doorway } from "../crowd/site";
import { type Fault } from "../fault";
import { type Stage } from "../stage";

/** Machines of those who do not behave: none of the crowd's. */
const STRANGER = 200;
const COPIES = 8;
const FLOOD_MESSAGES = 2000;

interface SendResult {
  readonly ok: boolean;
  readonly seq?: number;
}

/** Writes a message by raw sockets, and notes what becomes of it as it notes everybody's. */
async function say(stage: Stage, sockets: readonly RawSocket[], conversationId: string, body: string): Promise<void> {
  const { journal } = stage.crowd;
  const clientMessageId = randomUUID();
  journal.attempted(clientMessageId, conversationId);
  const results = sockets.map(async (socket) => {
    const result = (await socket.request("message:send", { conversationId, clientMessageId, body })) as SendResult;
    if (result.ok) journal.acknowledged(clientMessageId);
    return result;
  });
  const seqs = new Set((await Promise.all(results)).flatMap(({ ok, seq }) => (ok ? [seq] : [])));
  if (seqs.size > 1) throw new Error(`one message was given the places ${[...seqs].join(" and ")}`);
}

/** What clients do to the service. */
export const clientFaults: readonly Fault[] = [
  {
    name: "sent-eight-times",
    what: `60 messages are sent ${COPIES} times at the same moment, over ${COPIES} connections of one person to both tasks`,
    act: async (stage) => {
      const { crowd } = stage;
      const person = crowd.people.visitors[0]!;
      const sockets = await Promise.all(
        Array.from({ length: COPIES }, (_, index) => connectRaw(crowd.doorway(STRANGER + index), person)),
      );
      for (let count = 0; count < 60; count++) {
        await say(stage, sockets, person.conversationIds[0]!, `Copy ${count}`);
        await stage.wait(0.15);
      }
      for (const socket of sockets) socket.close();
    },
  },
  {
    name: "pages-reloaded",
    what: "every client is closed in the middle of sending and loaded anew with what is in its outbox, five times",
    act: async (stage) => {
      for (let time = 0; time < 5; time++) {
        await Promise.all(stage.crowd.participants.map((participant) => participant.reload()));
        await stage.wait(1.5);
      }
    },
  },
  {
    name: "slow-reader",
    what: "a client does not read for 20 s, while four others write 7 MB into its conversation; nobody else notices",
    act: async (stage) => {
      const { crowd } = stage;
      const person = crowd.people.visitors[1]!;
      const conversationId = person.conversationIds[0]!;
      const reader = await connectRaw(crowd.doorway(STRANGER), person);
      await reader.request("sync", { conversations: { [conversationId]: 0 } });
      reader.pauseReading();
      const talkers = await Promise.all([1, 2, 3, 4].map((n) => connectRaw(crowd.doorway(STRANGER + n), person)));
      const body = "界".repeat(4000);
      for (let count = 0; count < 160; count++) {
        await Promise.all(talkers.map((talker) => say(stage, [talker], conversationId, body)));
        await stage.wait(0.125);
      }
      // Whether it is cut off is not asked here: the buffers of both connections hold more than this. A test of the app's own does.
      for (const socket of [reader, ...talkers]) socket.close();
    },
  },
  {
    name: "flood",
    what: `one client sends ${FLOOD_MESSAGES} messages as fast as it can; it is refused and thrown out`,
    act: async (stage) => {
      const { crowd } = stage;
      const person = crowd.people.visitors[2]!;
      let closed = false;
      const flooder = await connectRaw(crowd.doorway(STRANGER), person, { onClose: () => (closed = true) });
      for (let count = 0; count < FLOOD_MESSAGES; count++) {
        const clientMessageId = randomUUID();
        crowd.journal.attempted(clientMessageId, person.conversationIds[0]!);
        crowd.journal.abandon(clientMessageId);
        void flooder
          .request("message:send", { conversationId: person.conversationIds[0], clientMessageId, body: "flood" })
          .then((result) => void ((result as SendResult).ok && crowd.journal.acknowledged(clientMessageId)));
      }
      await stage.wait(5);
      if (!closed) throw new Error("whoever floods is thrown out, and was not");
    },
  },
  {
    name: "bad-protocol",
    what: "100 connections send what no client would: broken packets, unknown namespaces, attachments that never come",
    act: async (stage) => {
      const door = stage.crowd.doorway(STRANGER);
      const person = stage.crowd.people.visitors[3]!;
      const nonsense = [
        ...[
          "4abc",
          '42["',
          "42{}",
          "42[null]",
          "49",
          "40/nowhere,",
          '451-["x",{"_placeholder":true,"num":0}]',
          "40",
          "",
        ],
        ...[
          '42["__proto__",{}]',
          '420["sync",null]',
          '421["message:send",[]]',
          `42["x",${"[".repeat(20_000)}]`,
          "\u0000",
        ],
      ];
      for (let count = 0; count < 100; count++) {
        const packet = nonsense[count % nonsense.length]!;
        await rawNonsense(door, person, count % 2 === 0, packet);
      }
    },
  },
];

/** Opens a WebSocket, says who it is or does not, and sends one packet. */
async function rawNonsense(door: Doorway, person: Person, greets: boolean, packet: string): Promise<void> {
  const answer = greets ? await fetchTicket(door, person) : undefined;
  const url = `${door.url.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(url, { headers: { origin: door.origin }, agent: door.agent });
  await new Promise<void>((resolve) => {
    socket.on("error", () => resolve());
    socket.on("close", () => resolve());
    socket.on("open", () => {
      if (answer?.ok) socket.send(`40${JSON.stringify({ ticket: answer.ticket })}`);
      socket.send(packet);
      setTimeout(resolve, 50);
    });
  });
  socket.terminate();
}
