import { type FrameSocket, HandshakeRefused } from "./frames";
import { type RunningApp } from "./running-app";
import { POLLING_QUERY, NOOP, PING, PONG, type PollingSession, socketPath, UPGRADE } from "./polling";
import { sendRequest } from "./requests";
import { emitWithAck, expectAlive, unsubscribe, isEvent, sendMessage } from "./socket-io";

const PROBE = `${PING}probe`;
const PROBED = `${PONG}probe`;

/** Engine.IO 4: from polling to a WebSocket. */
export function upgrades(app: () => RunningApp): void {
  /** A WebSocket for a session that exists. */
  function openUpgrade(session: PollingSession): Promise<FrameSocket> {
    return app().frames({ query: { sid: session.sid }, cookie: session.cookie });
  }

  async function upgraded(session: PollingSession): Promise<FrameSocket> {
    const socket = await openUpgrade(session);
    socket.send(PROBE);
    expect(await socket.take()).toBe(PROBED);
    socket.send(UPGRADE);
    await expectAlive(socket);
    return socket;
  }

  describe("an upgrade", () => {
    it("is probed, ends the request that waits with a packet for nothing, and takes the session along", async () => {
      const session = await app().connectedPolling();
      const waiting = session.get();
      const socket = await openUpgrade(session);
      expect(socket.received).toEqual([]);
      socket.send(PROBE);
      expect(await socket.take()).toBe(PROBED);
      expect(await waiting).toMatchObject({ status: 200, text: NOOP });
      socket.send(UPGRADE);
      // The same session, and the same socket in the main namespace: it need not ask to be let in again.
      await expectAlive(socket);
    });

    it("loses nothing and doubles nothing of what is sent meanwhile", async () => {
      const { conversationId } = app();
      const session = await app().connectedPolling();
      await emitWithAck(session, "sync", { conversations: { [conversationId]: 0 } });
      const speaker = await app().connectedFrames({ cookie: session.cookie });
      const bodies = ["before the probe", "probed", "upgraded"].map((text) => `upgrade: ${text}`);

      await sendMessage(speaker, conversationId, bodies[0]!);
      const socket = await openUpgrade(session);
      socket.send(PROBE);
      await socket.take();
      const polled = await session.receiveUntil((packet) => isEvent(packet, "message"));
      // Nobody polls now: this one waits in the server until the session has moved.
      await sendMessage(speaker, conversationId, bodies[1]!);
      socket.send(UPGRADE);
      await sendMessage(speaker, conversationId, bodies[2]!);
      await socket.take((frame) => isEvent(frame, "message", { body: bodies[1] }));
      await socket.take((frame) => isEvent(frame, "message", { body: bodies[2] }));
      await expectAlive(socket);
      expect(socket.received).toEqual([]);
      expect(polled.filter((packet) => isEvent(packet, "message", { body: bodies[0] }))).toHaveLength(1);
    });

    it("leaves nothing to be polled", async () => {
      const session = await app().connectedPolling();
      const socket = await upgraded(session);
      for (const answer of [await session.get(), await session.post(unsubscribe())]) {
        expect(answer.status).toBe(400);
        expect(JSON.parse(answer.text)).toEqual({ code: 3, message: "Bad request" });
      }
      await expectAlive(socket);
    });

    it("happens once: another WebSocket of the session is closed without a packet, and the first stays", async () => {
      const session = await app().connectedPolling();
      const socket = await upgraded(session);
      const second = await openUpgrade(session);
      second.send(PROBE);
      await second.untilClosed();
      expect(second.received).toEqual([]);
      await expectAlive(socket);
    });

    it("is tried once at a time", async () => {
      const session = await app().connectedPolling();
      const first = await openUpgrade(session);
      const second = await openUpgrade(session);
      await second.untilClosed();
      first.send(PROBE);
      expect(await first.take()).toBe(PROBED);
    });

    it("that begins with anything but a probe is closed, and the session is polled on", async () => {
      const session = await app().connectedPolling();
      const socket = await openUpgrade(session);
      socket.send(unsubscribe(1));
      await socket.untilClosed();
      expect(socket.received).toEqual([]);
      await expectAlive(session);
    });

    it("of another version of the protocol is refused with 400, and the session is polled on", async () => {
      const session = await app().connectedPolling();
      const other = app().frames({ query: { sid: session.sid, EIO: "3" }, cookie: session.cookie });
      await expect(other).rejects.toEqual(new HandshakeRefused(400, "Bad request"));
      await expectAlive(session);
    });

    it("ends with its session when the WebSocket goes", async () => {
      const session = await app().connectedPolling();
      const socket = await upgraded(session);
      socket.close();
      await socket.untilClosed();
      const { text } = await sendRequest(app().site, socketPath({ ...POLLING_QUERY, sid: session.sid }), {
        headers: { cookie: session.cookie },
      });
      expect(JSON.parse(text)).toEqual({ code: 1, message: "Session ID unknown" });
    });
  });
}
