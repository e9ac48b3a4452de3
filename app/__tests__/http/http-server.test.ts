import { once } from "node:events";
import { connect as connectTcp, type Socket } from "node:net";
import { contract } from "../../contract";
import { MemoryLog } from "../helpers/memory-log";
import { RawSocket } from "../helpers/raw-socket";
import { agent } from "../helpers/principals";
import { closeClients, connect, ORIGIN, startTask, type Task, until } from "../helpers/task";

const UPGRADED_BY_PAGES = ["/_next/hmr", "/other", "/socket.iox/"];

let task: Task;
let upgraded: string[];

beforeAll(async () => {
  upgraded = [];
  task = await startTask({
    messages: new MemoryLog(),
    http: {
      timeouts: { headersMs: 1000, requestMs: 1500, checkEveryMs: 100 },
      pages: {
        handle: (request, response, address) => {
          if (request.url === "/broken") throw new Error("a page that throws");
          if (request.url === "/upload") {
            request.resume().once("end", () => response.end("uploaded"));
            return Promise.resolve();
          }
          response.end(`page ${request.url} for ${address}`);
          return Promise.resolve();
        },
        upgrade: (request, socket) => {
          if (!UPGRADED_BY_PAGES.includes(request.url ?? "")) return false;
          upgraded.push(request.url ?? "");
          socket.destroy();
          return true;
        },
        close: () => Promise.resolve(),
      },
    },
  });
});
afterEach(closeClients);
afterAll(() => task.close());

const get = (path: string, headers = {}): Promise<Response> => fetch(task.url + path, { headers });

function raw(text: string): { socket: Socket; answer: () => string } {
  const socket = connectTcp(task.port, "127.0.0.1");
  let answer = "";
  socket.on("data", (data) => (answer += data.toString()));
  socket.on("error", () => undefined);
  socket.write(text);
  return { socket, answer: () => answer };
}

describe("routing", () => {
  it.each([
    ["/", "page / for 127.0.0.1"],
    ["/api/auth/session", "page /api/auth/session for 127.0.0.1"],
    ["/apiary", "page /apiary for 127.0.0.1"],
    ["/api/conversations?x=/socket.io/", "api"],
  ])("%s is answered by %s", async (path, expected) => {
    expect(await (await get(path)).text()).toBe(expected);
  });

  it("answers 500 when a page throws, and keeps serving", async () => {
    expect((await get("/broken")).status).toBe(500);
    expect((await get("/")).status).toBe(200);
    expect(task.lines.join()).toContain("a page that throws");
  });

  it("row 27: takes the client's address from the trusted proxy's entry, not from the client's", async () => {
    const headers = { "X-Forwarded-For": "1.2.3.4, 5.6.7.8, 203.0.113.9" };
    expect(await (await get("/", headers)).text()).toBe("page / for 203.0.113.9");
  });

  it.each(UPGRADED_BY_PAGES)("passes the upgrade of %s to the pages", async (path) => {
    const { socket } = raw(`GET ${path} HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`);
    await once(socket, "close");
    expect(upgraded).toContain(path);
  });
});

describe("an upgrade that is not on offer", () => {
  it.each(["h2c", "websocket", "TLS/1.0, HTTP/2.0", "\xff"])(
    "to %j is answered as the request without it",
    async (to) => {
      for (const [path, answered] of [
        ["/plain", "page /plain for 127.0.0.1"],
        ["/plain/../api/me", "page /plain/../api/me"],
        [contract.container.health.path, '"status":"ok"'],
      ]) {
        const { socket, answer } = raw(
          `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: ${to}\r\nHTTP2-Settings: AAMAAABk\r\n\r\nGET /next HTTP/1.1\r\n\r\n`,
        );
        await once(socket, "close");
        expect(answer()).toMatch(/^HTTP\/1\.1 200 /);
        expect(answer()).toContain(answered);
        // What follows it is not parsed, so nothing can be smuggled behind it.
        expect(answer()).not.toContain("/next");
      }
    },
  );

  it("is answered 400 at the path of the sockets", async () => {
    const { socket, answer } = raw(
      `GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: a\r\nOrigin: ${ORIGIN}\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`,
    );
    await once(socket, "close");
    expect(answer()).toMatch(/^HTTP\/1\.1 4\d\d /);
  });
});

describe("row 17: a deliberately slow client", () => {
  it("is answered 408 when its headers take too long", async () => {
    const { socket, answer } = raw("GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ");
    await once(socket, "close");
    expect(answer()).toContain("408 Request Timeout");
  });

  it("is answered 408 when its body takes too long", async () => {
    const { socket, answer } = raw("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc");
    await once(socket, "close");
    expect(answer()).toContain("408 Request Timeout");
  });

  it("does not close idle kept-alive connections", async () => {
    const { socket, answer } = raw("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await until(() => answer().includes("page / "), "the first is answered");
    await new Promise((resolve) => setTimeout(resolve, 2000));
    socket.write("GET /second HTTP/1.1\r\nHost: a\r\n\r\n");
    await until(() => answer().includes("page /second"), "the second is answered on the same connection");
    socket.destroy();
  });

  it("is checked for every second, and keep-alive is longer than the load balancer's idle timeout", async () => {
    const plain = await startTask({ messages: new MemoryLog() });
    expect(plain.server.keepAliveTimeout).toBe(contract.container.http.keepAliveTimeoutSec * 1000);
    expect(plain.server.headersTimeout).toBe(contract.container.http.headersTimeoutSec * 1000);
    expect(plain.server.requestTimeout).toBeGreaterThan(plain.server.headersTimeout);
    await plain.close();
  });
});

describe("row 28: bad handshakes", () => {
  const query = (over: Record<string, string>): string =>
    `/socket.io/?${new URLSearchParams({ EIO: "4", transport: "polling", ...over }).toString()}`;

  it.each([
    ["an unknown transport", query({ transport: "foo" }), "GET", 0],
    ["a transport of every object", query({ transport: "__proto__" }), "GET", 0],
    ["an unknown session", query({ sid: "nobody" }), "GET", 1],
    ["a session of every object", query({ sid: "__proto__" }), "GET", 1],
    ["a handshake by POST", query({}), "POST", 2],
    ["a WebSocket without upgrade", query({ transport: "websocket" }), "GET", 3],
    ["the protocol before", query({ EIO: "3" }), "GET", 5],
  ])("%s", async (_what, path, method, code) => {
    const answer = await fetch(task.url + path, { method, headers: { Origin: ORIGIN } });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code });
  });

  it("row 11: a polling body past the limit is answered 413", async () => {
    const open = await (await get(query({}), { Origin: ORIGIN })).text();
    const sid = /"sid":"([^"]+)"/.exec(open)?.[1] ?? "";
    const body = "4".repeat(contract.container.socket.maxPayloadBytes + 1);
    const answer = await fetch(task.url + query({ sid }), { method: "POST", body });
    expect(answer.status).toBe(413);
  });
});

describe("probes", () => {
  it("answers the load balancer as the deployment guide says", async () => {
    const answer = await get(contract.container.health.path);
    expect(answer.status).toBe(200);
    const timestamp = expect.stringMatching(/^\d{4}-.*Z$/) as string;
    expect(await answer.json()).toEqual({ status: "ok", timestamp, websocket: "connected" });
  });

  it("row 46: answers while a client sends packets of the largest size", async () => {
    const socket = await connect(task, agent());
    const packet = { conversationId: "x".repeat(60_000) };
    const flood = setInterval(() => socket.emit("typing", packet), 1);
    for (let i = 0; i < 20; i++) expect((await get(contract.container.health.livenessPath)).status).toBe(200);
    clearInterval(flood);
  });

  it("refuses new sockets while it drains, and reports that", async () => {
    const draining = await startTask({ messages: new MemoryLog() });
    await draining.realtime.inFlight.drain();
    const health = await fetch(draining.url + contract.container.health.path);
    expect([health.status, (await health.json()) as object]).toEqual([
      503,
      expect.objectContaining({ status: "draining" }),
    ]);
    expect((await fetch(draining.url + contract.container.health.livenessPath)).status).toBe(200);
    const polling = await fetch(`${draining.url}/socket.io/?EIO=4&transport=polling`, { headers: { Origin: ORIGIN } });
    expect(polling.status).toBe(503);
    await expect(RawSocket.open(draining)).rejects.toThrow("503");
    await draining.close();
  });
});
