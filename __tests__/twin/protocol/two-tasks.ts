import { type FrameSocket } from "./frames";
import { type RunningApp } from "./running-app";
import { NOOP, type PollingSession } from "./polling";
import { taskOf } from "./requests";
import { emitWithAck, expectAlive, isEvent, sendMessage } from "./socket-io";

const UNKNOWN = { status: 400, text: '{"code":1,"message":"Session ID unknown"}' };

/** Tests what sessions need from a load balancer with two tasks. */
export function twoTasks(app: () => RunningApp): void {
  /** Opens connections to one task, so that the load balancer sends requests without a cookie to the other one. */
  async function addConnections(cookie: string): Promise<void> {
    for (let count = 0; count < 6; count++) await app().frames({ cookie });
  }

  describe("a session in polling", () => {
    it("continues with the load balancer's cookie, however busy its task is", async () => {
      const session = await app().connectedPolling(app().cookies[0]);
      expect(taskOf(session.cookie)).toBe(taskOf(app().cookies[0]));
      await addConnections(session.cookie);
      for (let round = 0; round < 6; round++) {
        expect(await session.post(NOOP)).toMatchObject({ status: 200, text: "ok" });
      }
      await expectAlive(session);
    });

    it("breaks without the cookie: the other task has no such session", async () => {
      const session = await app().connectedPolling(app().cookies[0]);
      await addConnections(session.cookie);
      expect(await session.post(NOOP, { cookie: "" })).toMatchObject(UNKNOWN);
      expect(await session.get({ cookie: "" })).toMatchObject(UNKNOWN);
      expect(await session.post(NOOP)).toMatchObject({ status: 200, text: "ok" });
    });

    it("breaks with the cookie of the other task", async () => {
      const [cookie, otherCookie] = app().cookies;
      const session = await app().connectedPolling(cookie);
      expect(await session.post(NOOP, { cookie: otherCookie })).toMatchObject(UNKNOWN);
    });

    it("cannot be upgraded without the cookie", async () => {
      const session = await app().connectedPolling(app().cookies[0]);
      await addConnections(session.cookie);
      await expect(app().frames({ query: { sid: session.sid } })).rejects.toMatchObject({
        status: 400,
        text: "Session ID unknown",
      });
    });
  });

  it("a WebSocket needs no cookie, since it is one connection", async () => {
    const socket = await app().connectedFrames({ cookie: app().cookies[0] });
    await addConnections(app().cookies[0]);
    await expectAlive(socket);
  });

  it("a message reaches every socket of its conversation once and in order, on both tasks, in both transports", async () => {
    const { conversationId, cookies } = app();
    const polling: PollingSession[] = [];
    const sockets: FrameSocket[] = [];
    for (const cookie of cookies) {
      polling.push(await app().connectedPolling(cookie));
      sockets.push(await app().connectedFrames({ cookie }));
    }
    const everybody = [...polling, ...sockets];
    expect(everybody.map(({ cookie }) => taskOf(cookie))).toEqual([...cookies, ...cookies].map(taskOf));
    for (const each of everybody) await emitWithAck(each, "sync", { conversations: { [conversationId]: 0 } });

    const bodies = ["one", "two", "three"].map((text) => `across tasks, ${text}`);
    for (const body of bodies) await sendMessage(sockets[0]!, conversationId, body);
    const last = (packet: string): boolean => isEvent(packet, "message", { body: bodies[2] });
    for (const socket of sockets) {
      const heard: string[] = [];
      while (!heard.some(last)) heard.push(await socket.take((frame) => isEvent(frame, "message")));
      expect(heard.map(bodyOf)).toEqual(bodies);
    }
    for (const session of polling) {
      const packets = (await session.receiveUntil(last)).filter((packet) => isEvent(packet, "message"));
      expect(packets.map(bodyOf)).toEqual(bodies);
    }
  });
}

function bodyOf(packet: string): string {
  return (JSON.parse(packet.slice(2)) as [string, { body: string }])[1].body;
}
