import { contract } from "../../../app/contract";
import { FrameSocket, HandshakeRefused } from "./frames";
import { type RunningApp } from "./running-app";
import { POLLING_QUERY, type Handshake, OPEN, PollingSession, readHandshake, SEPARATOR, socketPath } from "./polling";
import { type HttpResponse, sendRequest } from "./requests";

const { heartbeat, maxPayloadBytes } = contract.container.socket;

/** The handshake fields that the contract promises. */
const PROMISED = {
  sid: expect.stringMatching(/^[\w-]{20,}$/) as string,
  pingInterval: heartbeat.pingIntervalSec * 1000,
  pingTimeout: heartbeat.pingTimeoutSec * 1000,
  maxPayload: maxPayloadBytes,
};

/** Tests Engine.IO 4: accepted and refused handshakes. */
export function handshakes(app: () => RunningApp): void {
  function asked(query: Readonly<Record<string, string>>, method = "GET"): Promise<HttpResponse> {
    return sendRequest(app().site, socketPath(query), { method });
  }

  describe("a handshake in polling", () => {
    it("is answered with one text packet with exactly the protocol's fields, and offers WebSocket", async () => {
      const answer = await asked(POLLING_QUERY);
      expect(answer).toMatchObject({ status: 200, headers: { "content-type": "text/plain; charset=UTF-8" } });
      expect(answer.text.split(SEPARATOR)).toHaveLength(1);
      expect(readHandshake(answer.text)).toStrictEqual({ ...PROMISED, upgrades: ["websocket"] });
    });

    it("gives each session its own id, and sets no cookie except the load balancer's", async () => {
      const answers = await Promise.all([asked(POLLING_QUERY), asked(POLLING_QUERY)]);
      const [one, other] = answers.map(({ text }) => readHandshake(text).sid);
      expect(one).not.toBe(other);
      for (const { headers } of answers) {
        expect(headers["set-cookie"]).toEqual([expect.stringMatching(/^AWSALB=/) as string]);
      }
    });

    it.each<readonly [string, Record<string, string>, number, string]>([
      ["no protocol version", { transport: "polling" }, 5, "Unsupported protocol version"],
      [
        "version 3, which was never deployed here",
        { EIO: "3", transport: "polling" },
        5,
        "Unsupported protocol version",
      ],
      ["a version of the future", { EIO: "5", transport: "polling" }, 5, "Unsupported protocol version"],
      ["a version that is not a number", { EIO: "abc", transport: "polling" }, 5, "Unsupported protocol version"],
      ["no transport", { EIO: "4" }, 0, "Transport unknown"],
      ["an unknown transport", { EIO: "4", transport: "abc" }, 0, "Transport unknown"],
      [
        "a transport name that JavaScript objects inherit",
        { EIO: "4", transport: "__proto__" },
        0,
        "Transport unknown",
      ],
      ["WebTransport, which no load balancer carries", { EIO: "4", transport: "webtransport" }, 0, "Transport unknown"],
      ["WebSocket without an upgrade", { EIO: "4", transport: "websocket" }, 3, "Bad request"],
      ["an unknown session", { ...POLLING_QUERY, sid: "abcdefghijklmnopqrst" }, 1, "Session ID unknown"],
    ])("is refused with 400 for %s", async (_what, query, code, message) => {
      const { status, text } = await asked(query);
      expect({ status, body: JSON.parse(text) as unknown }).toEqual({ status: 400, body: { code, message } });
    });

    it.each(["POST", "PUT", "DELETE"])("is refused with 400 for the method %s", async (method) => {
      const { status, text } = await asked(POLLING_QUERY, method);
      const body = { code: 2, message: "Bad handshake method" };
      expect({ status, body: JSON.parse(text) as unknown }).toEqual({ status: 400, body });
    });

    it("is refused with 403 for a page of another site: CORS would hide the response, but the session would be open", async () => {
      const site = { ...app().site, origin: "https://evil.example" };
      const { status, text, headers } = await sendRequest(site, socketPath(POLLING_QUERY));
      expect({ status, body: JSON.parse(text) as unknown }).toEqual({
        status: 403,
        body: { code: 4, message: "Forbidden" },
      });
      expect(headers["access-control-allow-origin"]).toBeUndefined();
    });
  });

  describe("a handshake in a WebSocket", () => {
    it("is answered with one text frame with exactly the protocol's fields, and offers no upgrade", async () => {
      const socket = await app().frames();
      const packet = await socket.take();
      expect(packet).toMatch(new RegExp(`^${OPEN}\\{`));
      expect(JSON.parse(packet.slice(1)) as Handshake).toStrictEqual({ ...PROMISED, upgrades: [] });
      expect(socket.received).toEqual([]);
    });

    it.each<readonly [string, Record<string, string>, string]>([
      ["an unknown transport", { transport: "abc" }, "Transport unknown"],
      ["an empty transport", { transport: "" }, "Transport unknown"],
      ["an unknown session", { sid: "abcdefghijklmnopqrst" }, "Session ID unknown"],
    ])("is refused with 400 before the protocol is switched for %s", async (_what, query, text) => {
      await expect(app().frames({ query })).rejects.toEqual(new HandshakeRefused(400, text));
    });

    it("is refused with 400 for a page of another site, because CORS does not apply to WebSockets", async () => {
      const evil = app().frames({ origin: "https://evil.example" });
      await expect(evil).rejects.toEqual(new HandshakeRefused(400, "Forbidden"));
    });

    it.each<readonly [string, Record<string, string>]>([
      ["version 3", { EIO: "3" }],
      ["a version that is not a number", { EIO: "abc" }],
      ["polling as its transport", { transport: "polling" }],
    ])("is closed without a packet for %s", async (_what, query) => {
      const socket = await app().frames({ query });
      await socket.untilClosed();
      expect(socket.received).toEqual([]);
    });

    it("is closed together with its session when the client leaves", async () => {
      const socket = await FrameSocket.open(app().site);
      const { sid } = await socket.takeHandshake();
      socket.close();
      await socket.untilClosed();
      const { text } = await sendRequest(app().site, socketPath({ ...POLLING_QUERY, sid }), {
        headers: { cookie: socket.cookie },
      });
      expect(JSON.parse(text)).toEqual({ code: 1, message: "Session ID unknown" });
    });

    it("cannot be polled", async () => {
      const socket = await app().frames();
      const { sid } = await socket.takeHandshake();
      const { status, text } = await sendRequest(app().site, socketPath({ ...POLLING_QUERY, sid }), {
        headers: { cookie: socket.cookie },
      });
      expect({ status, body: JSON.parse(text) as unknown }).toEqual({
        status: 400,
        body: { code: 3, message: "Bad request" },
      });
    });
  });

  it("handshakes of polling and of a WebSocket open two sessions, even for one client", async () => {
    const polling = await PollingSession.open(app().site);
    const socket = await app().frames({ cookie: polling.cookie });
    expect((await socket.takeHandshake()).sid).not.toBe(polling.sid);
    await polling.close();
  });
}
