import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { freePort } from "../../../tools/servers/free-port";
import { apiRoutes } from "../../server/api";
import { type AppProcess, startApp } from "../helpers/app-process";
import { removeImageCopy } from "../helpers/image-copy";
import { PostgresServer } from "../helpers/postgres";
import { BODIES, COOKIES, HEADERS, METHODS, queried, targets } from "./hostile-inputs";
import { appEnvironment, migrate } from "./site";

/** Longest wait for an answer, in milliseconds; the server's own limit of a request is 30 s. */
const ANSWER_MS = 20_000;
/** Requests that are made up from random parts; the seed is fixed, so that a failure can be repeated. */
const RANDOM_REQUESTS = 1500;
const AT_ONCE = 16;

let app: AppProcess;
let postgres: PostgresServer;

beforeAll(async () => {
  postgres = await PostgresServer.start();
  const port = await freePort();
  const environment = appEnvironment(port, await postgres.createDatabase("messenger_crm"));
  const env = { ...environment, TRUSTED_PROXY_HOPS: "1" };
  await migrate(env, postgres);
  app = await startApp({ build: "image", port, env });
});

afterAll(async () => {
  await app.stop();
  await Promise.all([postgres.close(), removeImageCopy()]);
});

interface HostileRequest {
  readonly method: string;
  readonly target: string;
  readonly header?: readonly [string, string];
  readonly body?: readonly [string, string];
}

let sent = 0;

/** Writes a request by hand, because no client sends these; each from another address, so that no limit answers first. */
function textOf({ method, target, header, body }: HostileRequest): string {
  sent += 1;
  const lines = [
    `${method} ${target} HTTP/1.1`,
    `Host: 127.0.0.1:${app.port}`,
    `X-Forwarded-For: 203.${(sent >> 16) & 255}.${(sent >> 8) & 255}.${sent & 255}`,
    "Connection: close",
    ...(header?.[0] === "Origin" ? [] : [`Origin: ${app.url}`]),
    ...(header === undefined ? [] : [`${header[0]}: ${header[1]}`]),
    ...(body === undefined ? [] : [`Content-Type: ${body[0]}`, `Content-Length: ${Buffer.byteLength(body[1])}`]),
  ];
  return `${lines.join("\r\n")}\r\n\r\n${body?.[1] ?? ""}`;
}

/** Returns the status, or what went wrong. */
function statusOf(request: HostileRequest): Promise<number | string> {
  return new Promise((resolve) => {
    const socket = connect(app.port, "127.0.0.1");
    let answer = "";
    socket.setTimeout(ANSWER_MS, () => socket.destroy());
    socket.on("data", (data) => {
      answer += data.toString("latin1");
      if (answer.includes("\r\n\r\n")) socket.destroy();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]) || "no answer"));
    // Headers in Latin 1, as they are on the wire; bodies in UTF-8.
    const [head = "", ...rest] = textOf(request).split("\r\n\r\n");
    socket.write(`${head}\r\n\r\n`, "latin1");
    socket.write(rest.join("\r\n\r\n"));
  });
}

/** Sends all of them and returns those that were answered with 5xx or not at all, for a person to read. */
async function failuresOf(requests: readonly HostileRequest[]): Promise<readonly string[]> {
  const failures: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let mine = next++; mine < requests.length; mine = next++) {
      const request = requests[mine]!;
      const status = await statusOf(request);
      if (typeof status === "string" || status >= 500) {
        failures.push(`${status}: ${JSON.stringify(request).slice(0, 300)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return failures;
}

/** Lines of the log that are no JSON, or that say that the server has failed. */
function complaints(): readonly string[] {
  const lines = app.output().split("\n");
  return lines.filter((line) => line !== "" && (!line.startsWith("{") || /"level":"(error|fatal)"/.test(line)));
}

const API = apiRoutes({} as never);
const TARGETS = targets(API.map(({ path }) => path));
const API_POSTS = API.filter(({ method }) => method !== "GET").map(({ path }) => `/api${path.replace(/:\w+/g, "x")}`);
const AUTH_POSTS = TARGETS.filter((target) => target.startsWith("/api/auth/") && !target.includes("%"));

afterEach(async () => {
  expect(complaints()).toEqual([]);
  expect((await fetch(`${app.url}/api/health`)).status).toBe(200);
});

it("answers every method at every address without 5xx", async () => {
  const requests = TARGETS.flatMap((target) =>
    METHODS.flatMap((method) => [
      { method, target },
      { method, target, body: ["application/json", "{]"] as const },
    ]),
  );
  expect(await failuresOf(requests)).toEqual([]);
});

it("answers every query and cookie without 5xx", async () => {
  const some = ["/", "/chat", "/sign-in", "/admin", "/api/me", "/api/conversations", ...AUTH_POSTS];
  const requests = ["GET", "POST"].flatMap((method) => [
    ...queried(some).map((target) => ({ method, target })),
    ...some.flatMap((target) => COOKIES.map((cookie) => ({ method, target, header: ["Cookie", cookie] as const }))),
  ]);
  expect(await failuresOf(requests)).toEqual([]);
});

it("answers every header at every kind of address without 5xx", async () => {
  const kinds = ["/", "/chat", "/sign-in", "/nothing", "/robots.txt", "/_next/static/x.js", "/api/auth/session"];
  const requests = [
    ...kinds,
    "/api/auth/callback/credentials",
    "/api/me",
    "/socket.io/?EIO=4&transport=polling",
  ].flatMap((target) => ["GET", "POST"].flatMap((method) => HEADERS.map((header) => ({ method, target, header }))));
  expect(await failuresOf(requests)).toEqual([]);
});

it("answers every body without 5xx", async () => {
  const requests = [...AUTH_POSTS, ...API_POSTS, "/", "/socket.io/?EIO=4&transport=polling"].flatMap((target) =>
    ["POST", "PATCH", "DELETE"].flatMap((method) => BODIES.map((body) => ({ method, target, body }))),
  );
  expect(await failuresOf(requests)).toEqual([]);
});

it("answers requests of random parts without 5xx", async () => {
  const random = randomFrom(20261130);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const all = [...TARGETS, ...queried(["/", "/sign-in", ...AUTH_POSTS, ...API_POSTS])];
  const requests = Array.from({ length: RANDOM_REQUESTS }, () => ({
    method: pick(METHODS),
    target: pick(all),
    header: pick(HEADERS),
    ...(random() < 0.5 && { body: pick(BODIES) }),
  }));
  expect(await failuresOf(requests)).toEqual([]);
});

/** Uploads at once, and the size of each; Next would keep 10 MB of each in memory. */
const UPLOADS = 30;
const UPLOAD_BYTES = 9 * 1024 * 1024;
/** Growth of the server's memory that answering them may cost, in MB. */
const MEMORY_MB = 120;

it.each(["Content-Length", "Transfer-Encoding"])("keeps no long upload in memory: %s", async (header) => {
  const memoryMb = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${app.pid}/status`, "utf8"))![1]) / 1024;
  // The highest mark starts anew.
  writeFileSync(`/proc/${app.pid}/clear_refs`, "5");
  const before = memoryMb();
  const statuses = await Promise.all(Array.from({ length: UPLOADS }, () => upload(header === "Content-Length")));
  // A connection that is reset while it uploads has no status. Of a body of unknown length, Next drops what is beyond its limit.
  const answered = statuses.filter((status) => status !== undefined);
  expect(answered.filter((status) => status !== 413 && status !== 400)).toEqual([]);
  expect(memoryMb() - before).toBeLessThan(MEMORY_MB);
});

it("refuses a long upload before its body has arrived", async () => {
  const header = ["Content-Length", String(UPLOAD_BYTES)] as const;
  expect(await statusOf({ method: "POST", target: "/api/auth/callback/credentials", header })).toBe(413);
});

/** Uploads to next-auth and returns the status. */
function upload(withLength: boolean): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = connect(app.port, "127.0.0.1");
    let answer = "";
    socket.on("data", (data) => (answer += data.toString("latin1")));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(answer === "" ? undefined : Number(answer.slice(9, 12))));
    const length = withLength ? `Content-Length: ${UPLOAD_BYTES}` : "Transfer-Encoding: chunked";
    const head = `POST /api/auth/callback/credentials HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.10\r\n`;
    socket.write(`${head}Content-Type: application/json\r\nConnection: close\r\n${length}\r\n\r\n`);
    const body = Buffer.alloc(UPLOAD_BYTES, "x");
    if (!withLength) socket.write(`${UPLOAD_BYTES.toString(16)}\r\n`);
    socket.write(body);
    socket.write(withLength ? "" : "\r\n0\r\n\r\n");
  });
}

describe("an upload that is cut", () => {
  const cut = (target: string, length: string, close: "reset" | "end"): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(app.port, "127.0.0.1");
      socket.on("error", () => undefined);
      socket.on("close", () => resolve());
      socket.resume();
      const head = `POST ${target} HTTP/1.1\r\nHost: a\r\nOrigin: ${app.url}\r\nX-Forwarded-For: 192.0.2.9\r\n`;
      socket.write(`${head}Content-Type: application/json\r\n${length}\r\n\r\n`);
      socket.write(length.startsWith("Transfer") ? '5\r\n{"nam\r\n' : '{"nam', () => {
        // Late enough for the server to be reading.
        setTimeout(() => (close === "reset" ? socket.resetAndDestroy() : socket.end()), 100);
      });
    });

  it.each(["Content-Length: 1000", "Transfer-Encoding: chunked"])("is no error of the server: %s", async (length) => {
    for (const target of [
      "/api/visitors",
      "/api/invitations/accept",
      "/api/auth/callback/credentials",
      "/chat",
      "/socket.io/?EIO=4&transport=polling",
    ]) {
      for (const close of ["reset", "end"] as const) await cut(target, length, close);
    }
    // Whatever it logs is written within the log's interval.
    await new Promise((resolve) => setTimeout(resolve, 500));
  });
});

/** A generator of numbers from 0 to 1 that is the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
