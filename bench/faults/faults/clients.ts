import { randomUUID } from "node:crypto";
import WebSocket from "ws";
import { type RawSocket } from "../../../tools/load/raw-socket";
import { connectRaw } from "../crowd/idle-clients";
import { fetchTicket } from "../crowd/participant";
import { type Person } from "../crowd/people";
import { type HttpClient } from "../crowd/http-client";
import { type Fault } from "../fault";
import { type Stage } from "../stage";

/** First client index for misbehaving clients, outside the crowd's indices. */
const FIRST_CLIENT_INDEX = 200;
const COPIES = 8;
const FLOOD_MESSAGES = 2000;

interface SendResult {
  readonly ok: boolean;
  readonly seq?: number;
}

/** Sends one message over raw connections and records it in the journal. */
async function sendMessage(
  stage: Stage,
  sockets: readonly RawSocket[],
  conversationId: string,
  body: string,
): Promise<void> {
  const { journal } = stage.crowd;
  const clientMessageId = randomUUID();
  journal.attempted(clientMessageId, conversationId);
  const results = sockets.map(async (socket) => {
    const result = (await socket.request("message:send", { conversationId, clientMessageId, body })) as SendResult;
    if (result.ok) journal.acknowledged(clientMessageId);
    return result;
  });
  const seqs = new Set((await Promise.all(results)).flatMap(({ ok, seq }) => (ok ? [seq] : [])));
  if (seqs.size > 1) throw new Error(`one message got several sequence numbers: ${[...seqs].join(", ")}`);
}

/** Faults that clients cause. */
export const clientFaults: readonly Fault[] = [
  {
    name: "sent-eight-times",
    what: `60 messages are sent ${COPIES} times concurrently, over ${COPIES} connections of one person to both tasks`,
    act: async (stage) => {
      const { crowd } = stage;
      const person = crowd.people.visitors[0]!;
      const sockets = await Promise.all(
        Array.from({ length: COPIES }, (_, index) => connectRaw(crowd.httpClient(FIRST_CLIENT_INDEX + index), person)),
      );
      for (let count = 0; count < 60; count++) {
        await sendMessage(stage, sockets, person.conversationIds[0]!, `Copy ${count}`);
        await stage.wait(0.15);
      }
      for (const socket of sockets) socket.close();
    },
  },
  {
    name: "pages-reloaded",
    what: "every client is closed while sending and reloaded with its outbox, five times",
    act: async (stage) => {
      for (let time = 0; time < 5; time++) {
        await Promise.all(stage.crowd.participants.map((participant) => participant.reload()));
        await stage.wait(1.5);
      }
    },
  },
  {
    name: "slow-reader",
    what: "one client does not read for 20 s while four others write 7 MB into its conversation; other clients are not affected",
    act: async (stage) => {
      const { crowd } = stage;
      const person = crowd.people.visitors[1]!;
      const conversationId = person.conversationIds[0]!;
      const reader = await connectRaw(crowd.httpClient(FIRST_CLIENT_INDEX), person);
      await reader.request("sync", { conversations: { [conversationId]: 0 } });
      reader.pauseReading();
      const writers = await Promise.all(
        [1, 2, 3, 4].map((n) => connectRaw(crowd.httpClient(FIRST_CLIENT_INDEX + n), person)),
      );
      const body = "界".repeat(4000);
      for (let count = 0; count < 160; count++) {
        await Promise.all(writers.map((writer) => sendMessage(stage, [writer], conversationId, body)));
        await stage.wait(0.125);
      }
      // Disconnecting slow readers is tested in the app: here the buffers of both connections are larger than the data.
      for (const socket of [reader, ...writers]) socket.close();
    },
  },
  {
    name: "flood",
    what: `one client sends ${FLOOD_MESSAGES} messages as fast as it can; it is refused and disconnected`,
    act: async (stage) => {
      const { crowd } = stage;
      const person = crowd.people.visitors[2]!;
      let closed = false;
      const flooder = await connectRaw(crowd.httpClient(FIRST_CLIENT_INDEX), person, {
        onClose: () => (closed = true),
      });
      for (let count = 0; count < FLOOD_MESSAGES; count++) {
        const clientMessageId = randomUUID();
        crowd.journal.attempted(clientMessageId, person.conversationIds[0]!);
        crowd.journal.abandon(clientMessageId);
        void flooder
          .request("message:send", { conversationId: person.conversationIds[0], clientMessageId, body: "flood" })
          .then((result) => void ((result as SendResult).ok && crowd.journal.acknowledged(clientMessageId)));
      }
      await stage.wait(5);
      if (!closed) throw new Error("the flooding client was not disconnected");
    },
  },
  {
    name: "bad-protocol",
    what: "100 connections send invalid data: broken packets, unknown namespaces, attachments that never arrive",
    act: async (stage) => {
      const http = stage.crowd.httpClient(FIRST_CLIENT_INDEX);
      const person = stage.crowd.people.visitors[3]!;
      const invalidPackets = [
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
        const packet = invalidPackets[count % invalidPackets.length]!;
        await sendInvalidPacket(http, person, count % 2 === 0, packet);
      }
    },
  },
];

/** Opens a WebSocket, authenticates if asked to, and sends one packet. */
async function sendInvalidPacket(
  http: HttpClient,
  person: Person,
  authenticates: boolean,
  packet: string,
): Promise<void> {
  const answer = authenticates ? await fetchTicket(http, person) : undefined;
  const url = `${http.url.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(url, { headers: { origin: http.origin }, agent: http.agent });
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
