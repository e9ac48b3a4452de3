import { randomUUID } from "node:crypto";
import { type FrameSocket } from "./frames";
import { MESSAGE, type PollingSession } from "./polling";

/** Socket.IO's packet types: the digit after Engine.IO's. Source: Socket.IO protocol 5, "Packet types". */
export const CONNECT = "0";
export const DISCONNECT = "1";
export const EVENT = "2";
export const ACK = "3";
export const CONNECT_ERROR = "4";
export const BINARY_EVENT = "5";
export const BINARY_ACK = "6";

/** Encodes an event of the main namespace. @param id of the acknowledgement, if one is requested */
export function event(name: string, payload: unknown, id?: number): string {
  return `${MESSAGE}${EVENT}${id ?? ""}${JSON.stringify([name, payload])}`;
}

/** Encodes an event that every client may send and that changes nothing; it is acknowledged with `DONE`. */
export function unsubscribe(id?: number): string {
  return event(UNSUBSCRIBE.name, UNSUBSCRIBE.payload, id);
}

export const DONE = '[{"ok":true}]';

const UNSUBSCRIBE = { name: "unsubscribe", payload: { conversationId: "00000000-0000-4000-8000-000000000000" } };

/** Returns whether a packet is an event of the main namespace whose payload has these fields. */
export function isEvent(packet: string, name: string, fields: Readonly<Record<string, unknown>> = {}): boolean {
  if (!packet.startsWith(`${MESSAGE}${EVENT}[`)) return false;
  const [sent, payload] = JSON.parse(packet.slice(2)) as [string, Record<string, unknown>];
  return sent === name && Object.entries(fields).every(([field, value]) => payload[field] === value);
}

let lastId = 1000;

/** Sends an event and returns its acknowledgement. @throws Error on timeout */
export async function emitWithAck(
  session: FrameSocket | PollingSession,
  name: string,
  payload: unknown,
): Promise<unknown> {
  const id = ++lastId;
  const start = `${MESSAGE}${ACK}${id}[`;
  const isAnswer = (packet: string): boolean => packet.startsWith(start);
  const packet = event(name, payload, id);
  return (JSON.parse((await exchange(session, packet, isAnswer)).slice(start.length - 1)) as unknown[])[0];
}

/** Fails unless events are still acknowledged. */
export async function expectAlive(session: FrameSocket | PollingSession): Promise<void> {
  expect(await emitWithAck(session, UNSUBSCRIBE.name, UNSUBSCRIBE.payload)).toEqual({ ok: true });
}

/** Sends a message, and resolves when it is stored. */
export async function sendMessage(
  session: FrameSocket | PollingSession,
  conversationId: string,
  body: string,
): Promise<void> {
  const answer = await emitWithAck(session, "message:send", { conversationId, clientMessageId: randomUUID(), body });
  expect(answer).toMatchObject({ ok: true });
}

async function exchange(
  session: FrameSocket | PollingSession,
  packet: string,
  isAnswer: (packet: string) => boolean,
): Promise<string> {
  if ("take" in session) {
    session.send(packet);
    return session.take(isAnswer);
  }
  await session.post(packet);
  return (await session.receiveUntil(isAnswer)).find(isAnswer)!;
}
