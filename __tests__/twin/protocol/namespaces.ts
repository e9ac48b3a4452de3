import { type FrameSocket } from "./frames";
import { type RunningApp, isConnected } from "./running-app";
import { MESSAGE } from "./polling";
import { ACK, CONNECT, CONNECT_ERROR, DISCONNECT, event, EVENT, expectAlive, unsubscribe } from "./socket-io";

const UNAUTHENTICATED = `${MESSAGE}${CONNECT_ERROR}{"message":"Unauthenticated","data":{"code":401,"retryable":true}}`;

/** Socket.IO 5: to be let into a namespace, and to leave it. */
export function namespaces(app: () => RunningApp): void {
  async function opened(): Promise<FrameSocket> {
    const socket = await app().frames();
    await socket.takeHandshake();
    return socket;
  }

  /** A disconnection has no answer, but what is asked behind it has one. */
  async function leave(socket: FrameSocket): Promise<void> {
    socket.send(`${MESSAGE}${DISCONNECT}`, `${MESSAGE}${CONNECT}/none,`);
    await socket.take((frame) => frame.startsWith(`${MESSAGE}${CONNECT_ERROR}/none,`));
  }

  describe("a connection to the main namespace", () => {
    it("is answered with an id of its own alone: no pid, since nothing is recovered but from the log", async () => {
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
      ["with a ticket that is none", '{"ticket":"abc"}'],
      ["with a ticket that is no text", '{"ticket":{"a":1}}'],
    ])("%s is refused, since nobody is let in without a ticket, and the connection closed", async (_what, payload) => {
      const socket = await opened();
      socket.send(`${MESSAGE}${CONNECT}${payload}`);
      expect(await socket.take()).toBe(UNAUTHENTICATED);
      await socket.untilClosed();
      expect(socket.received).toEqual([]);
    });

    it("may be tried again on the same connection after it was refused", async () => {
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
      ["no JSON", "{abc"],
    ])("with a payload that is %s closes the connection", async (_what, payload) => {
      const socket = await opened();
      socket.send(`${MESSAGE}${CONNECT}${payload}`);
      await socket.untilClosed();
      expect(socket.received).toEqual([]);
    });

    it("may not be asked for twice", async () => {
      const socket = await app().connectedFrames();
      socket.send(await app().connectPacket());
      await socket.untilClosed();
      expect(socket.received).toEqual([]);
    });

    it.each([
      ["an event", unsubscribe(1)],
      ["a disconnection", `${MESSAGE}${DISCONNECT}`],
      ["an acknowledgement", `${MESSAGE}${ACK}1[]`],
      ["what only a server sends, an error", `${MESSAGE}${CONNECT_ERROR}{"message":"no"}`],
    ])("has to come before %s, which closes the connection", async (_what, packet) => {
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
    ])("%s is refused, since there is the main one alone; the connection stays", async (name, known) => {
      const socket = await opened();
      socket.send(`${MESSAGE}${CONNECT}${name},{"ticket":"abc"}`);
      expect(await socket.take()).toBe(`${MESSAGE}${CONNECT_ERROR}${known},{"message":"Invalid namespace"}`);
      socket.send(await app().connectPacket());
      expect(isConnected(await socket.take())).toBe(true);
    });

    it("is refused beside the main one, which goes on", async () => {
      const socket = await app().connectedFrames();
      socket.send(`${MESSAGE}${CONNECT}/admin,`);
      expect(await socket.take()).toBe(`${MESSAGE}${CONNECT_ERROR}/admin,{"message":"Invalid namespace"}`);
      await expectAlive(socket);
    });

    it.each([
      ["an event", `${MESSAGE}${EVENT}/admin,1["unsubscribe",{}]`],
      ["a disconnection", `${MESSAGE}${DISCONNECT}/admin,`],
    ])("that was not joined takes no packets: %s closes the connection", async (_what, packet) => {
      const socket = await app().connectedFrames();
      socket.send(packet);
      await socket.untilClosed();
    });
  });

  describe("a disconnection", () => {
    it("by the client leaves the namespace, and the connection is there to ask to be let in again", async () => {
      const socket = await app().connectedFrames();
      await leave(socket);
      socket.send(await app().connectPacket());
      expect(isConnected(await socket.take())).toBe(true);
      await expectAlive(socket);
    });

    it("by the client takes no more events", async () => {
      const socket = await app().connectedFrames();
      await leave(socket);
      socket.send(unsubscribe(1));
      await socket.untilClosed();
      expect(socket.received).toEqual([]);
    });

    it("by the server says why, sends the packet for it, and closes the connection", async () => {
      const socket = await app().connectedFrames();
      // What no person does in a second.
      for (let round = 0; round < 400; round++) socket.send(unsubscribe());
      expect(await socket.take()).toBe(event("session:ended", { reason: "flooding" }));
      expect(await socket.take()).toBe(`${MESSAGE}${DISCONNECT}`);
      await socket.untilClosed();
    });
  });
}
