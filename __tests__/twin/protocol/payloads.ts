import { randomUUID } from "node:crypto";
import { contract } from "../../../app/contract";
import { type RunningApp } from "./running-app";
import { CLOSE, MESSAGE, NOOP, PING, type PollingSession, SEPARATOR } from "./polling";
import { ACK, emitWithAck, DONE, unsubscribe, isEvent, sendMessage } from "./socket-io";

const { maxPayloadBytes } = contract.container.socket;

/** Engine.IO 4 in polling: how packets go to and fro, and what ends a session. */
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

    it("carries what has gathered to the client, in its order, with a separator between two packets", async () => {
      const { conversationId } = app();
      const session = await app().connectedPolling();
      await emitWithAck(session, "sync", { conversations: { [conversationId]: 0 } });
      // On the same task, so that what this one has heard has been written to the other one, too.
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

    it("keeps what is more than ASCII, and a separator inside of a text, which JSON writes otherwise", async () => {
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

    it("may be as long as the contract says, in bytes, and is refused with 413 beyond", async () => {
      const session = await app().connectedPolling();
      const [fits, tooLong] = [maxPayloadBytes, maxPayloadBytes + 1].map((length) => NOOP.padEnd(length, "x"));
      expect(await session.post(fits!)).toMatchObject({ status: 200, text: "ok" });
      // 3 bytes for each of these.
      expect((await session.post(NOOP.padEnd(maxPayloadBytes / 2, "長"))).status).toBe(413);
      expect((await session.post(tooLong!)).status).toBe(413);
    });
  });

  describe("what ends a session in polling", () => {
    it("is a packet to close it, which ends the request that waits", async () => {
      const session = await app().connectedPolling();
      const waiting = session.get();
      await untilArrived();
      expect(await session.post(CLOSE)).toMatchObject({ status: 200, text: "ok" });
      expect(await waiting).toMatchObject({ status: 200, text: NOOP });
      await expectSessionClosed(session);
    });

    it.each([
      ["of no type that there is", "abc"],
      ["that is empty", ""],
      ["that only a server sends, a ping", PING],
    ])("is a packet %s", async (_what, packet) => {
      const session = await app().connectedPolling();
      await session.post(packet);
      await expectSessionClosed(session);
    });

    it("is a packet of binary data, known by its b: events are text alone here, so that nobody can hold back an attachment", async () => {
      const session = await app().connectedPolling();
      expect(await session.post(`${NOOP}${SEPARATOR}bAQIDBA==`)).toMatchObject({ status: 200, text: "ok" });
      // The packet itself is well-formed: it is Socket.IO that hangs up, politely, with the packet for it.
      expect(await session.receive()).toEqual([NOOP, CLOSE]);
      await expectSessionClosed(session);
    });

    it("is a body of another type than text, which version 4 does not have", async () => {
      const session = await app().connectedPolling();
      expect((await session.post("\x04", { "content-type": "application/octet-stream" })).status).toBe(400);
      await expectSessionClosed(session);
    });

    it("is a second GET while one waits", async () => {
      const session = await app().connectedPolling();
      const first = session.get();
      await untilArrived();
      expect((await session.get()).status).toBe(400);
      expect(await first).toMatchObject({ status: 200, text: CLOSE });
      await expectSessionClosed(session);
    });

    it("is a second POST while one is under way", async () => {
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

  it("a packet of a session that has closed is refused like one of a session that never was", async () => {
    const session = await app().connectedPolling();
    await session.close();
    const { status, text } = await session.post(`${MESSAGE}1`);
    expect({ status, body: JSON.parse(text) as unknown }).toEqual({
      status: 400,
      body: { code: 1, message: "Session ID unknown" },
    });
  });
}

/** Long enough for a request to reach its task. */
function untilArrived(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 300));
}
