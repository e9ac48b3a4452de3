import { type FrameSocket } from "./frames";
import { type RunningApp, isConnected } from "./running-app";
import { MESSAGE } from "./polling";
import { ACK, CONNECT, CONNECT_ERROR, DISCONNECT, event, EVENT, expectAlive, unsubscribe } from "./socket-io";

const UNAUTHENTICATED = `${MESSAGE}${CONNECT_ERROR}{"message":"Unauthenticated","data":{"code":401,"retryable":true}}`;

/** Tests Socket.IO 5: connecting to a namespace and disconnecting from it. */
export function namespaces(app: () => RunningApp): void {
  async function opened(): Promise<FrameSocket> {
    const socket = await app().frames();
    await socket.takeHandshake();
    return socket;
  }

  /** Disconnects from the main namespace. That has no answer, but the refused connect packet after it has one. */
  async function leave(socket: FrameSocket): Promise<void> {
    socket.send(`${MESSAGE}${DISCONNECT}`, `${MESSAGE}${CONNECT}/none,`);
    await socket.take((frame) => frame.startsWith(`${MESSAGE}${CONNECT_ERROR}/none,`));
  }

  describe("a connection to the main namespace", () => {
    it("is answered with a socket id only: no pid, since messages are recovered from the log", async () => {
      const socket = await app().frames();
      const handshake = await socket.takeHandshake();
      socket.send(await app().connectPacket());
      const packet = await socket.take();
      expect(isConnected(packet)).toBe(true);
      const answer = JSON.parse(packet.slice(2)) as { sid: string };
      expect(Object.keys(answer)).toEqual(["sid"]);
      expect(answer.sid).not.toBe(handshake.sid);
    });

    it.each([
      ["without a payload", ""],
      ["with an empty payload", "{}"],
      ["with an invalid ticket", '{"ticket":"abc"}'],
      ["with a ticket that is not text", '{"ticket":{"a":1}}'],
    ])("%s is refused, since a valid ticket is required, and the connection is closed", async (_what, payload) => {
      const socket = await opened();
      socket.send(`${MESSAGE}${CONNECT}${payload}`);
      expect(await socket.take()).toBe(UNAUTHENTICATED);
      await socket.untilClosed();
      expect(socket.received).toEqual([]);
    });

    it("can be retried on the same connection after a refusal", async () => {
      const socket = await opened();
      const packet = await app().connectPacket();
      socket.send(`${MESSAGE}${CONNECT}`);
      expect(await socket.take()).toBe(UNAUTHENTICATED);
      socket.send(packet);
      expect(isConnected(await socket.take())).toBe(true);
    });

    it.each([
      ["text", '"abc"'],
      ["a list", "[]"],
      ["nothing", "null"],
      ["not JSON", "{abc"],
    ])("with a payload that is %s closes the connection", async (_what, payload) => {
      const socket = await opened();
      socket.send(`${MESSAGE}${CONNECT}${payload}`);
      await socket.untilClosed();
      expect(socket.received).toEqual([]);
    });

    it("closes the connection when requested twice", async () => {
      const socket = await app().connectedFrames();
      socket.send(await app().connectPacket());
      await socket.untilClosed();
      expect(socket.received).toEqual([]);
    });

    it.each([
      ["an event", unsubscribe(1)],
      ["a disconnection", `${MESSAGE}${DISCONNECT}`],
      ["an acknowledgement", `${MESSAGE}${ACK}1[]`],
      ["an error, which only servers send", `${MESSAGE}${CONNECT_ERROR}{"message":"no"}`],
    ])("has to come before %s, which otherwise closes the connection", async (_what, packet) => {
      const socket = await opened();
      socket.send(packet);
      await socket.untilClosed();
      expect(socket.received).toEqual([]);
    });
  });

  describe("another namespace", () => {
    it.each([
      ["/admin", "/admin"],
      ["/admin?token=abc", "/admin?token=abc"],
      ["/__proto__", "/__proto__"],
    ])("%s is refused, since only the main one exists; the connection stays open", async (name, known) => {
      const socket = await opened();
      socket.send(`${MESSAGE}${CONNECT}${name},{"ticket":"abc"}`);
      expect(await socket.take()).toBe(`${MESSAGE}${CONNECT_ERROR}${known},{"message":"Invalid namespace"}`);
      socket.send(await app().connectPacket());
      expect(isConnected(await socket.take())).toBe(true);
    });

    it("is refused while connected to the main one, which stays usable", async () => {
      const socket = await app().connectedFrames();
      socket.send(`${MESSAGE}${CONNECT}/admin,`);
      expect(await socket.take()).toBe(`${MESSAGE}${CONNECT_ERROR}/admin,{"message":"Invalid namespace"}`);
      await expectAlive(socket);
    });

    it.each([
      ["an event", `${MESSAGE}${EVENT}/admin,1["unsubscribe",{}]`],
      ["a disconnection", `${MESSAGE}${DISCONNECT}/admin,`],
    ])("that is not connected accepts no packets: %s closes the connection", async (_what, packet) => {
      const socket = await app().connectedFrames();
      socket.send(packet);
      await socket.untilClosed();
    });
  });

  describe("a disconnection", () => {
    it("by the client leaves the namespace, and the connection can be used to connect again", async () => {
      const socket = await app().connectedFrames();
      await leave(socket);
      socket.send(await app().connectPacket());
      expect(isConnected(await socket.take())).toBe(true);
      await expectAlive(socket);
    });

    it("by the client ends events: the next one closes the connection", async () => {
      const socket = await app().connectedFrames();
      await leave(socket);
      socket.send(unsubscribe(1));
      await socket.untilClosed();
      expect(socket.received).toEqual([]);
    });

    it("by the server sends the reason, then a disconnect packet, and closes the connection", async () => {
      const socket = await app().connectedFrames();
      // More events than a person sends in a second.
      for (let round = 0; round < 400; round++) socket.send(unsubscribe());
      expect(await socket.take()).toBe(event("session:ended", { reason: "flooding" }));
      expect(await socket.take()).toBe(`${MESSAGE}${DISCONNECT}`);
      await socket.untilClosed();
    });
  });
}
