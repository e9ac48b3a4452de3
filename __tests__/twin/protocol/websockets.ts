import { contract } from "../../../app/contract";
import { type RunningApp } from "./running-app";
import { CLOSE, MESSAGE, NOOP, PING, SEPARATOR } from "./polling";
import { ACK, DONE, expectAlive, unsubscribe } from "./socket-io";

const { maxPayloadBytes } = contract.container.socket;

/** WebSocket's close code for a message that is too long. Source: RFC 6455, 7.4.1. */
const TOO_LONG = 1009;

/** Tests Engine.IO 4 in a WebSocket: each packet is a frame. */
export function websockets(app: () => RunningApp): void {
  describe("a packet in a WebSocket", () => {
    it("is a frame, and only answers come back", async () => {
      const socket = await app().connectedFrames();
      socket.send(NOOP, unsubscribe(1), unsubscribe(2));
      expect([await socket.take(), await socket.take()]).toEqual([1, 2].map((id) => `${MESSAGE}${ACK}${id}${DONE}`));
      expect(socket.received).toEqual([]);
    });

    it("may have the bytes that the contract allows; a longer one closes the connection with 1009", async () => {
      const socket = await app().connectedFrames();
      socket.send(NOOP.padEnd(maxPayloadBytes, "x"));
      await expectAlive(socket);
      socket.send(NOOP.padEnd(maxPayloadBytes + 1, "x"));
      expect(await socket.untilClosed()).toBe(TOO_LONG);
    });

    it.each([
      ["of an unknown type", "abc"],
      ["that is empty", ""],
      ["that begins with the separator of payloads", `${SEPARATOR}${NOOP}`],
      ["that only a server sends, a ping", PING],
    ])("%s closes the connection", async (_what, packet) => {
      const socket = await app().connectedFrames();
      socket.send(packet);
      await socket.untilClosed();
      expect(socket.received).toEqual([]);
    });

    it("of type close changes nothing, as in Engine.IO's own server: WebSocket has its own close frame", async () => {
      const socket = await app().connectedFrames();
      socket.send(CLOSE);
      await expectAlive(socket);
    });

    it("of binary data closes the connection: this application accepts text only", async () => {
      const socket = await app().connectedFrames();
      socket.send(Buffer.from([1, 2, 3, 4]));
      await socket.untilClosed();
      expect(socket.received).toEqual([]);
    });
  });
}
