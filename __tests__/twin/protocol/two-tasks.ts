import { type FrameSocket } from "./frames";
import { type Ground } from "./ground";
import { NOOP, type PollingSession } from "./polling";
import { taskOf } from "./requests";
import { call, expectAlive, isEvent, say } from "./socket-io";

const UNKNOWN = { status: 400, text: '{"code":1,"message":"Session ID unknown"}' };

/** What a session needs of the load balancer, with two tasks behind it. */
export function twoTasks(ground: () => Ground): void {
  /** Connections that the load balancer counts, so that a request that it may send anywhere goes to the other task. */
  async function burden(cookie: string): Promise<void> {
    for (let count = 0; count < 6; count++) await ground().frames({ cookie });
  }

  describe("a session in polling", () => {
    it("holds with the load balancer's cookie, however busy its task is", async () => {
      const session = await ground().connectedPolling(ground().cookies[0]);
      expect(taskOf(session.cookie)).toBe(taskOf(ground().cookies[0]));
      await burden(session.cookie);
      for (let round = 0; round < 6; round++) {
        expect(await session.post(NOOP)).toMatchObject({ status: 200, text: "ok" });
      }
      await expectAlive(session);
    });

    it("breaks without it: the other task does not know it", async () => {
      const session = await ground().connectedPolling(ground().cookies[0]);
      await burden(session.cookie);
      expect(await session.post(NOOP, { cookie: "" })).toMatchObject(UNKNOWN);
      expect(await session.get({ cookie: "" })).toMatchObject(UNKNOWN);
      expect(await session.post(NOOP)).toMatchObject({ status: 200, text: "ok" });
    });

    it("breaks with the cookie of the other task", async () => {
      const [cookie, otherCookie] = ground().cookies;
      const session = await ground().connectedPolling(cookie);
      expect(await session.post(NOOP, { cookie: otherCookie })).toMatchObject(UNKNOWN);
    });

    it("cannot be upgraded without it", async () => {
      const session = await ground().connectedPolling(ground().cookies[0]);
      await burden(session.cookie);
      await expect(ground().frames({ query: { sid: session.sid } })).rejects.toMatchObject({
        status: 400,
        text: "Session ID unknown",
      });
    });
  });

  it("a WebSocket holds without a cookie, since it is one connection", async () => {
    const socket = await ground().connectedFrames({ cookie: ground().cookies[0] });
    await burden(ground().cookies[0]);
    await expectAlive(socket);
  });

  it("a message reaches every socket of its conversation once and in order, on both tasks, in both transports", async () => {
    const { conversationId, cookies } = ground();
    const polling: PollingSession[] = [];
    const sockets: FrameSocket[] = [];
    for (const cookie of cookies) {
      polling.push(await ground().connectedPolling(cookie));
      sockets.push(await ground().connectedFrames({ cookie }));
    }
    const everybody = [...polling, ...sockets];
    expect(everybody.map(({ cookie }) => taskOf(cookie))).toEqual([...cookies, ...cookies].map(taskOf));
    for (const each of everybody) await call(each, "sync", { conversations: { [conversationId]: 0 } });

    const bodies = ["one", "two", "three"].map((text) => `across tasks, ${text}`);
    for (const body of bodies) await say(sockets[0]!, conversationId, body);
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
