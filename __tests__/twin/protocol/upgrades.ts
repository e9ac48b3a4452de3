import { type FrameSocket, HandshakeRefused } from "./frames";
import { type RunningApp } from "./running-app";
import { POLLING_QUERY, NOOP, PING, PONG, type PollingSession, socketPath, UPGRADE } from "./polling";
import { sendRequest } from "./requests";
import { emitWithAck, expectAlive, unsubscribe, isEvent, sendMessage } from "./socket-io";

const PROBE = `${PING}probe`;
const PROBED = `${PONG}probe`;

/** Tests Engine.IO 4: upgrading from polling to a WebSocket. */
export function upgrades(app: () => RunningApp): void {
  /** Opens a WebSocket for an existing session. */
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
    it("is probed, answers the waiting request with a noop packet, and moves the session", async () => {
      const session = await app().connectedPolling();
      const waiting = session.get();
      const socket = await openUpgrade(session);
      expect(socket.received).toEqual([]);
      socket.send(PROBE);
      expect(await socket.take()).toBe(PROBED);
      expect(await waiting).toMatchObject({ status: 200, text: NOOP });
      socket.send(UPGRADE);
      // The session and its socket in the main namespace stay the same: no new connect packet is needed.
      await expectAlive(socket);
    });

    it("loses and duplicates no message that is sent meanwhile", async () => {
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
      // No request is polling now: the server keeps this message until the session has moved.
      await sendMessage(speaker, conversationId, bodies[1]!);
      socket.send(UPGRADE);
      await sendMessage(speaker, conversationId, bodies[2]!);
      await socket.take((frame) => isEvent(frame, "message", { body: bodies[1] }));
      await socket.take((frame) => isEvent(frame, "message", { body: bodies[2] }));
      await expectAlive(socket);
      expect(socket.received).toEqual([]);
      expect(polled.filter((packet) => isEvent(packet, "message", { body: bodies[0] }))).toHaveLength(1);
    });

    it("ends polling for the session", async () => {
      const session = await app().connectedPolling();
      const socket = await upgraded(session);
      for (const answer of [await session.get(), await session.post(unsubscribe())]) {
        expect(answer.status).toBe(400);
        expect(JSON.parse(answer.text)).toEqual({ code: 3, message: "Bad request" });
      }
      await expectAlive(socket);
    });

    it("happens once: another WebSocket of the session is closed without a packet, and the first stays open", async () => {
      const session = await app().connectedPolling();
      const socket = await upgraded(session);
      const second = await openUpgrade(session);
      second.send(PROBE);
      await second.untilClosed();
      expect(second.received).toEqual([]);
      await expectAlive(socket);
    });

    it("allows one attempt at a time", async () => {
      const session = await app().connectedPolling();
      const first = await openUpgrade(session);
      const second = await openUpgrade(session);
      await second.untilClosed();
      first.send(PROBE);
      expect(await first.take()).toBe(PROBED);
    });

    it("that begins with anything but a probe is closed, and the session continues in polling", async () => {
      const session = await app().connectedPolling();
      const socket = await openUpgrade(session);
      socket.send(unsubscribe(1));
      await socket.untilClosed();
      expect(socket.received).toEqual([]);
      await expectAlive(session);
    });

    it("of another version of the protocol is refused with 400, and the session continues in polling", async () => {
      const session = await app().connectedPolling();
      const other = app().frames({ query: { sid: session.sid, EIO: "3" }, cookie: session.cookie });
      await expect(other).rejects.toEqual(new HandshakeRefused(400, "Bad request"));
      await expectAlive(session);
    });

    it("ends its session when the WebSocket closes", async () => {
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
