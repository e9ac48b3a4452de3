import { randomUUID } from "node:crypto";
import { contract } from "../../../app/contract";
import { type RunningApp } from "./running-app";
import { CLOSE, MESSAGE, NOOP, PING, type PollingSession, SEPARATOR } from "./polling";
import { ACK, emitWithAck, DONE, unsubscribe, isEvent, sendMessage } from "./socket-io";

const { maxPayloadBytes } = contract.container.socket;

/** Tests Engine.IO 4 in polling: how packets are sent and received, and what ends a session. */
export function payloads(app: () => RunningApp): void {
  async function expectSessionClosed(session: PollingSession): Promise<void> {
    const { status, text } = await session.get();
    expect({ status, body: JSON.parse(text) as unknown }).toEqual({
      status: 400,
      body: { code: 1, message: "Session ID unknown" },
    });
  }

  describe("a payload", () => {
    it("carries several packets to the server, and is answered with ok", async () => {
      const session = await app().connectedPolling();
      const asked = [1, 2, 3].map((id) => unsubscribe(id));
      const { status, text, headers } = await session.post(asked.join(SEPARATOR));
      expect({ status, text, type: headers["content-type"] }).toEqual({ status: 200, text: "ok", type: "text/html" });
      const packets = await session.receiveUntil((packet) => packet.startsWith("433"));
      expect(packets).toEqual([1, 2, 3].map((id) => `${MESSAGE}${ACK}${id}${DONE}`));
    });

    it("carries waiting packets to the client, in order, joined by separators", async () => {
      const { conversationId } = app();
      const session = await app().connectedPolling();
      await emitWithAck(session, "sync", { conversations: { [conversationId]: 0 } });
      // On the same task: what this socket has received was sent to the polling session, too.
      const speaker = await app().connectedFrames({ cookie: session.cookie });
      await emitWithAck(speaker, "sync", { conversations: { [conversationId]: 0 } });
      const bodies = ["first", "第二", "third 🙂"];
      for (const body of bodies) await sendMessage(speaker, conversationId, body);
      for (const body of bodies) await speaker.take((frame) => isEvent(frame, "message", { body }));
      const { text } = await session.get();
      const packets = text.split(SEPARATOR);
      expect(packets).toHaveLength(bodies.length);
      for (const [index, body] of bodies.entries()) {
        expect(isEvent(packets[index]!, "message", { body })).toBe(true);
      }
    });

    it("keeps text beyond ASCII, and a separator inside a text, which JSON escapes", async () => {
      const { conversationId } = app();
      const session = await app().connectedPolling();
      const body = `é 日本語 🙂 ${SEPARATOR} end`;
      const message = { conversationId, clientMessageId: randomUUID(), body };
      expect(await emitWithAck(session, "message:send", message)).toMatchObject({ ok: true });
      const { conversations } = (await emitWithAck(session, "sync", { conversations: { [conversationId]: 0 } })) as {
        conversations: Record<string, { messages: { body: string }[] }>;
      };
      expect(conversations[conversationId]?.messages.at(-1)?.body).toBe(body);
    });

    it("may have the bytes that the contract allows; a longer one is refused with 413", async () => {
      const session = await app().connectedPolling();
      const [fits, tooLong] = [maxPayloadBytes, maxPayloadBytes + 1].map((length) => NOOP.padEnd(length, "x"));
      expect(await session.post(fits!)).toMatchObject({ status: 200, text: "ok" });
      // Each of these characters takes 3 bytes.
      expect((await session.post(NOOP.padEnd(maxPayloadBytes / 2, "長"))).status).toBe(413);
      expect((await session.post(tooLong!)).status).toBe(413);
    });
  });

  describe("a polling session ends with", () => {
    it("a close packet, which also answers the waiting request", async () => {
      const session = await app().connectedPolling();
      const waiting = session.get();
      await untilArrived();
      expect(await session.post(CLOSE)).toMatchObject({ status: 200, text: "ok" });
      expect(await waiting).toMatchObject({ status: 200, text: NOOP });
      await expectSessionClosed(session);
    });

    it.each([
      ["of an unknown type", "abc"],
      ["that is empty", ""],
      ["that only a server sends, a ping", PING],
    ])("a packet %s", async (_what, packet) => {
      const session = await app().connectedPolling();
      await session.post(packet);
      await expectSessionClosed(session);
    });

    it("a packet of binary data (prefix b): this application accepts text only, so that no client can withhold an attachment", async () => {
      const session = await app().connectedPolling();
      expect(await session.post(`${NOOP}${SEPARATOR}bAQIDBA==`)).toMatchObject({ status: 200, text: "ok" });
      // The packet is well-formed, so Socket.IO closes the session with a close packet.
      expect(await session.receive()).toEqual([NOOP, CLOSE]);
      await expectSessionClosed(session);
    });

    it("a body that is not text: version 4 has no other type", async () => {
      const session = await app().connectedPolling();
      expect((await session.post("\x04", { "content-type": "application/octet-stream" })).status).toBe(400);
      await expectSessionClosed(session);
    });

    it("a second GET while one waits", async () => {
      const session = await app().connectedPolling();
      const first = session.get();
      await untilArrived();
      expect((await session.get()).status).toBe(400);
      expect(await first).toMatchObject({ status: 200, text: CLOSE });
      await expectSessionClosed(session);
    });

    it("a second POST while one is in progress", async () => {
      const session = await app().connectedPolling();
      const first = session.beginPost(2);
      first.outgoing.write(NOOP);
      await untilArrived();
      expect((await session.post(NOOP)).status).toBe(400);
      await expectSessionClosed(session);
      first.outgoing.destroy();
      await first.answer.catch(() => undefined);
    });
  });

  it("a packet for a closed session is refused like one for an unknown session", async () => {
    const session = await app().connectedPolling();
    await session.close();
    const { status, text } = await session.post(`${MESSAGE}1`);
    expect({ status, body: JSON.parse(text) as unknown }).toEqual({
      status: 400,
      body: { code: 1, message: "Session ID unknown" },
    });
  });
}

/** Waits long enough for a request to reach its task. */
function untilArrived(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 300));
}
