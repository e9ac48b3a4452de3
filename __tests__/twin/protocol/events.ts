import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { type RunningApp } from "./running-app";
import { MESSAGE } from "./polling";
import { ACK, BINARY_ACK, BINARY_EVENT, emitWithAck, DONE, event, EVENT, expectAlive, unsubscribe } from "./socket-io";

/** Tests Socket.IO 5: events, acknowledgements, and packets that cannot be decoded. */
export function events(app: () => RunningApp): void {
  describe("an event", () => {
    it.each([0, 1, 456, Number.MAX_SAFE_INTEGER])("is acknowledged under its id, %d", async (id) => {
      const socket = await app().connectedFrames();
      socket.send(unsubscribe(id));
      expect(await socket.take()).toBe(`${MESSAGE}${ACK}${id}${DONE}`);
    });

    it("without an id is accepted without an acknowledgement", async () => {
      const socket = await app().connectedFrames();
      const { conversationId } = app();
      const message = { conversationId, clientMessageId: randomUUID(), body: "without an id" };
      socket.send(event("message:send", message));
      // Without an acknowledgement it is unknown when the message is stored, so `sync` is repeated.
      let answer: unknown;
      for (let tries = 0; tries < 50 && !JSON.stringify(answer ?? "").includes(message.clientMessageId); tries++) {
        answer = await emitWithAck(socket, "sync", { conversations: { [conversationId]: 0 } });
        await wait(100);
      }
      expect(JSON.stringify(answer)).toContain(message.clientMessageId);
      expect(socket.received.filter((frame) => frame.toString().startsWith(`${MESSAGE}${ACK}`))).toEqual([]);
    });

    it.each([
      ["with an unknown name", '["no such event",{}]'],
      ["with a number as its name", "[7,{}]"],
      ["with a name that JavaScript objects inherit", '["__proto__",{}]'],
      ["without a payload", '["typing"]'],
      ["with two payloads", '["typing",{},{}]'],
      ["with a payload of another shape", '["typing",{"3":[true]}]'],
    ])(
      "%s is acknowledged with an error, so that no client waits, and the connection stays open",
      async (_what, data) => {
        const socket = await app().connectedFrames();
        socket.send(`${MESSAGE}${EVENT}1${data}`);
        expect(await socket.take()).toMatch(/^431\[\{"ok":false,"code":"INVALID",/);
        await expectAlive(socket);
      },
    );

    it("that names the main namespace is like one without a name", async () => {
      const socket = await app().connectedFrames();
      socket.send(unsubscribe(1).replace(`${MESSAGE}${EVENT}`, `${MESSAGE}${EVENT}/,`));
      expect(await socket.take()).toBe(`${MESSAGE}${ACK}1${DONE}`);
    });
  });

  it("an acknowledgement that was not requested is ignored", async () => {
    const socket = await app().connectedFrames();
    socket.send(`${MESSAGE}${ACK}99[{"ok":true}]`);
    await expectAlive(socket);
  });

  describe("a packet that cannot be decoded closes its connection only:", () => {
    it.each([
      ["nothing", MESSAGE],
      ["an unknown type", `${MESSAGE}abc`],
      ["a type after the last one", `${MESSAGE}9`],
      ["an event that is not a list", `${MESSAGE}${EVENT}{}`],
      ["an event without a name", `${MESSAGE}${EVENT}[]`],
      ["an event whose name is null", `${MESSAGE}${EVENT}[null]`],
      ["an event with a reserved name", `${MESSAGE}${EVENT}["disconnect"]`],
      ["an event that ends too early", `${MESSAGE}${EVENT}["typing",{`],
      ["an id that is not a number", `${MESSAGE}${EVENT}abc["typing",{}]`],
      ["an acknowledgement that is not a list", `${MESSAGE}${ACK}1{}`],
      ["an event with attachments but without their number", `${MESSAGE}${BINARY_EVENT}["typing",{}]`],
      ["a binary event without attachments", `${MESSAGE}${BINARY_EVENT}0-["typing",{}]`],
    ])("%s", async (_what, packet) => {
      const [socket, other] = [await app().connectedFrames(), await app().connectedFrames()];
      socket.send(packet);
      await socket.untilClosed();
      expect(socket.received).toEqual([]);
      await expectAlive(other);
    });
  });

  describe("attachments, which this application does not use, close the connection as soon as they are announced:", () => {
    const placeholder = (num: number) => ({ _placeholder: true, num });

    it.each([
      ["one of an event", `${BINARY_EVENT}1-${JSON.stringify(["typing", placeholder(0)])}`],
      ["two of an event that is to be acknowledged", `${BINARY_EVENT}2-7${JSON.stringify(["typing", placeholder(0)])}`],
      [
        "a million, which would have to be kept while they arrive",
        `${BINARY_EVENT}1000000-${JSON.stringify(["typing", placeholder(0)])}`,
      ],
      ["one of an acknowledgement", `${BINARY_ACK}1-7${JSON.stringify([placeholder(0)])}`],
    ])("%s", async (_what, packet) => {
      const socket = await app().connectedFrames();
      socket.send(`${MESSAGE}${packet}`);
      await socket.untilClosed();
      expect(socket.received).toEqual([]);
    });
  });
}
