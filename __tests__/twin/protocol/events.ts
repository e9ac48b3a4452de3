import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { type RunningApp } from "./running-app";
import { MESSAGE } from "./polling";
import { ACK, BINARY_ACK, BINARY_EVENT, emitWithAck, DONE, event, EVENT, expectAlive, unsubscribe } from "./socket-io";

/** Socket.IO 5: events, acknowledgements, and what cannot be read. */
export function events(app: () => RunningApp): void {
  describe("an event", () => {
    it.each([0, 1, 456, Number.MAX_SAFE_INTEGER])("is acknowledged under its id, %d", async (id) => {
      const socket = await app().connectedFrames();
      socket.send(unsubscribe(id));
      expect(await socket.take()).toBe(`${MESSAGE}${ACK}${id}${DONE}`);
    });

    it("without an id is taken and not answered", async () => {
      const socket = await app().connectedFrames();
      const { conversationId } = app();
      const message = { conversationId, clientMessageId: randomUUID(), body: "without an id" };
      socket.send(event("message:send", message));
      // Without an acknowledgement nothing says when it is stored: a question right behind it may be answered before.
      let answer: unknown;
      for (let tries = 0; tries < 50 && !JSON.stringify(answer ?? "").includes(message.clientMessageId); tries++) {
        answer = await emitWithAck(socket, "sync", { conversations: { [conversationId]: 0 } });
        await wait(100);
      }
      expect(JSON.stringify(answer)).toContain(message.clientMessageId);
      expect(socket.received.filter((frame) => frame.toString().startsWith(`${MESSAGE}${ACK}`))).toEqual([]);
    });

    it.each([
      ["of a name that there is not", '["no such event",{}]'],
      ["of a number for a name", "[7,{}]"],
      ["of a name of JavaScript's", '["__proto__",{}]'],
      ["without a payload", '["typing"]'],
      ["with two payloads", '["typing",{},{}]'],
      ["with a payload of another shape", '["typing",{"3":[true]}]'],
    ])("%s is acknowledged with a refusal, so that nobody waits, and the connection stays", async (_what, data) => {
      const socket = await app().connectedFrames();
      socket.send(`${MESSAGE}${EVENT}1${data}`);
      expect(await socket.take()).toMatch(/^431\[\{"ok":false,"code":"INVALID",/);
      await expectAlive(socket);
    });

    it("for the main namespace by its name is like one without", async () => {
      const socket = await app().connectedFrames();
      socket.send(unsubscribe(1).replace(`${MESSAGE}${EVENT}`, `${MESSAGE}${EVENT}/,`));
      expect(await socket.take()).toBe(`${MESSAGE}${ACK}1${DONE}`);
    });
  });

  it("an acknowledgement that nobody asked for is ignored", async () => {
    const socket = await app().connectedFrames();
    socket.send(`${MESSAGE}${ACK}99[{"ok":true}]`);
    await expectAlive(socket);
  });

  describe("a packet that cannot be decoded closes the connection, and nobody else's:", () => {
    it.each([
      ["nothing", MESSAGE],
      ["no type that there is", `${MESSAGE}abc`],
      ["a type behind the last one", `${MESSAGE}9`],
      ["an event that is no list", `${MESSAGE}${EVENT}{}`],
      ["an event without a name", `${MESSAGE}${EVENT}[]`],
      ["an event of no name", `${MESSAGE}${EVENT}[null]`],
      ["an event of a reserved name", `${MESSAGE}${EVENT}["disconnect"]`],
      ["an event that ends too early", `${MESSAGE}${EVENT}["typing",{`],
      ["an id that is no number", `${MESSAGE}${EVENT}abc["typing",{}]`],
      ["an acknowledgement that is no list", `${MESSAGE}${ACK}1{}`],
      ["an event of attachments without their number", `${MESSAGE}${BINARY_EVENT}["typing",{}]`],
      ["an event of no attachments", `${MESSAGE}${BINARY_EVENT}0-["typing",{}]`],
    ])("%s", async (_what, packet) => {
      const [socket, other] = [await app().connectedFrames(), await app().connectedFrames()];
      socket.send(packet);
      await socket.untilClosed();
      expect(socket.received).toEqual([]);
      await expectAlive(other);
    });
  });

  describe("attachments, which this application has none of, close the connection where they are announced:", () => {
    const placeholder = (num: number) => ({ _placeholder: true, num });

    it.each([
      ["one of an event", `${BINARY_EVENT}1-${JSON.stringify(["typing", placeholder(0)])}`],
      ["two of an event that is to be acknowledged", `${BINARY_EVENT}2-7${JSON.stringify(["typing", placeholder(0)])}`],
      ["a million, to be kept while they come", `${BINARY_EVENT}1000000-${JSON.stringify(["typing", placeholder(0)])}`],
      ["one of an acknowledgement", `${BINARY_ACK}1-7${JSON.stringify([placeholder(0)])}`],
    ])("%s", async (_what, packet) => {
      const socket = await app().connectedFrames();
      socket.send(`${MESSAGE}${packet}`);
      await socket.untilClosed();
      expect(socket.received).toEqual([]);
    });
  });
}
