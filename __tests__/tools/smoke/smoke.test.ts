import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:net";
import { type CheckId, type CheckResult } from "../../../tools/smoke/check";
import { main } from "../../../tools/smoke/main";
import { type SmokeOptions } from "../../../tools/smoke/options";
import { renderResult, renderSummary } from "../../../tools/smoke/report";
import { smoke, type SmokeReport } from "../../../tools/smoke/run-checks";
import { FakeDeployment, type Faults } from "./fake-deployment";

const folder = mkdtempSync(join(tmpdir(), "smoke-"));
const opened: FakeDeployment[] = [];
let sessions = 0;

afterEach(async () => {
  for (const deployment of opened.splice(0)) await deployment.stop();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(faults: Faults = {}): Promise<FakeDeployment> {
  const deployment = await FakeDeployment.start(faults);
  opened.push(deployment);
  return deployment;
}

function options(url: string, changes: Partial<SmokeOptions> = {}): SmokeOptions {
  return {
    url,
    origin: url,
    tasks: 2,
    messages: 2,
    idleSec: 0.3,
    timeoutSec: 1,
    readOnly: false,
    session: join(folder, `session-${sessions++}.json`),
    disturb: undefined,
    disturbSec: 5,
    ...changes,
  };
}

async function smokeOf(faults: Faults, changes: Partial<SmokeOptions> = {}): Promise<SmokeReport> {
  return smoke(options((await start(faults)).url, changes));
}

function failedOf({ checks }: SmokeReport): CheckId[] {
  return checks.filter(({ status }) => status === "failed").map(({ id }) => id);
}

function resultOf({ checks }: SmokeReport, id: CheckId): CheckResult {
  return checks.find((check) => check.id === id)!;
}

it("passes every check of a right deployment, and says what it wrote", async () => {
  const deployment = await start();
  const report = await smoke(options(deployment.url, { disturb: () => Promise.resolve(deployment.stopTask(1)) }));
  expect(report.checks.map(({ id, status }) => [id, status])).toEqual(
    [
      "page",
      "health",
      "readiness",
      "handshake",
      "stickiness",
      "upgrade",
      "foreign-origin",
      "two-tasks",
      "sign-in",
      "delivery",
      "reconnect",
      "idle",
      "disturbance",
    ].map((id) => [id, "passed"]),
  );
  expect(report.passed).toBe(true);
  expect(report.wrote).toEqual({ customers: 1, messages: deployment.log.length });
  expect(report.latencies.map(({ name }) => name)).toEqual(["handshake", "acknowledgement", "delivery", "reconnect"]);
  expect(renderSummary(report)).toMatch(/handshake \(\d+\): half within .*\n +\d+-\d+ ms +█+ \d+/);
});

it("creates one customer for all runs, whose token only its owner may read", async () => {
  const deployment = await start();
  const changes = options(deployment.url);
  await smoke(changes);
  const second = await smoke(changes);
  expect(second.wrote.customers).toBe(0);
  expect(deployment.visitors).toBe(1);
  expect(readFileSync(changes.session, "utf8")).toContain("visitor=token");
  expect(statSync(changes.session).mode & 0o777).toBe(0o600);
});

it("writes nothing with --read-only", async () => {
  const deployment = await start();
  const report = await smoke(options(deployment.url, { readOnly: true }));
  expect(report).toMatchObject({ passed: true, wrote: { customers: 0, messages: 0 } });
  expect([deployment.visitors, deployment.log]).toEqual([0, []]);
  expect(resultOf(report, "delivery")).toMatchObject({ status: "not-checked", reason: 'needs the check "sign-in"' });
});

it.each<[string, Faults, CheckId[], RegExp]>([
  [
    "sets no cookie",
    { noCookie: true },
    ["stickiness", "upgrade"],
    /expected a cookie of the load balancer \(AWSALB\), got none/,
  ],
  ["ignores its cookie", { cookieIgnored: true }, ["stickiness", "upgrade"], /expected the task of its session/],
  ["accepts a foreign Origin", { anyOrigin: true }, ["foreign-origin"], /got a session by polling and a WebSocket/],
  ["has tasks that do not hear each other", { noFanOut: true }, ["delivery"], /Tasks do not pass events to each other/],
  ["has one task", { oneTask: true }, ["two-tasks"], /expected two tasks to answer 24 handshakes/],
  ["does not upgrade", { noUpgrade: true }, ["upgrade", "delivery", "idle"], /expected 101 and an answer to the probe/],
  ["offers long-polling only", { pollingOnly: true }, ["handshake"], /expected the upgrade websocket, got \[\]/],
  [
    "redirects to another site",
    { redirectTo: "https://other.example/" },
    ["page"],
    /got a redirect to https:\/\/other/,
  ],
  ["is not healthy", { healthStatus: 503 }, ["health"], /got 503[\s\S]*make status/],
  [
    "has no Redis",
    { ready: { status: 200, body: { status: "degraded", database: "ok", adapter: "unreachable" } } },
    ["readiness"],
    /expected the adapter connected to Redis/,
  ],
  [
    "has no database",
    { ready: { status: 503, body: { status: "unavailable", database: "unreachable", adapter: "ok" } } },
    ["readiness"],
    /expected a reachable database/,
  ],
  ["refuses its own Origin", { ownOriginRefused: true }, ["handshake"], /ALLOWED_ORIGINS does not contain this origin/],
  [
    "refuses new customers",
    { noVisitors: true },
    ["sign-in"],
    /POST \/api\/visitors: expected a new customer, got 429/,
  ],
  ["loses messages", { losesMessages: true }, ["reconnect"], /3 acknowledged messages: expected all of them/],
  ["refuses reconnects", { refusesReconnects: true }, ["reconnect"], /expected it online again within 1 s/],
])("finds a deployment that %s", async (_what, faults, failed, words) => {
  const report = await smokeOf(faults);
  expect(failedOf(report)).toEqual(failed);
  expect(report.passed).toBe(false);
  expect(report.checks.map(renderResult).join("\n")).toMatch(words);
});

it("finds a deployment that cuts idle sockets", async () => {
  const report = await smokeOf({ idleCutMs: 200 }, { idleSec: 60 });
  expect(failedOf(report)).toEqual(["idle"]);
  expect(renderResult(resultOf(report, "idle"))).toMatch(
    /closed after \d+\.\d s \(code 1006\)[\s\S]*ping interval of 25 s/,
  );
});

it("needs no cookie and no second task where there is one", async () => {
  const report = await smokeOf({ oneTask: true, noCookie: true }, { tasks: 1 });
  expect(failedOf(report)).toEqual([]);
  expect(resultOf(report, "two-tasks")).toMatchObject({ status: "not-checked" });
});

it("finds a disturbance that closes no connection", async () => {
  const report = await smokeOf({}, { disturb: () => Promise.resolve(), disturbSec: 1 });
  expect(failedOf(report)).toEqual(["disturbance"]);
});

it("explains that nothing listens, once", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  const report = await smoke(options(`http://127.0.0.1:${port}`));
  expect(failedOf(report)).toEqual(["page"]);
  expect(renderResult(report.checks[0]!)).toMatch(/ECONNREFUSED[\s\S]*Nothing listens there/);
});

describe("the command", () => {
  async function run(...args: string[]): Promise<{ code: number; printed: string }> {
    const lines: string[] = [];
    const code = await main(args, (text) => lines.push(text));
    return { code, printed: lines.join("\n") };
  }

  it("prints a table and exits with 0, or with 2 when a check failed", async () => {
    const right = await run((await start()).url, "--read-only");
    expect(right).toMatchObject({
      code: 0,
      printed: expect.stringMatching(/^ok +Page .*GET \/sign-in: 200/) as string,
    });
    const wrong = await run((await start({ anyOrigin: true })).url, "--read-only");
    expect(wrong.code).toBe(2);
    expect(wrong.printed).toMatch(/FAILED +Foreign Origin .*\n +likely cause: .*\n +remedy: /);
  });

  it("prints JSON with --json, and nothing else", async () => {
    const { printed } = await run((await start()).url, "--read-only", "--json");
    expect(JSON.parse(printed)).toMatchObject({ passed: true, wrote: { customers: 0, messages: 0 } });
  });

  it("says that the command that should stop a task has failed", async () => {
    const session = join(folder, "disturb.json");
    const args = ["--messages", "2", "--idle", "1", "--session", session, "--disturb", "echo no such task >&2; exit 3"];
    const { code, printed } = await run((await start()).url, ...args);
    expect(code).toBe(2);
    expect(printed).toMatch(
      /--disturb: expected exit code 0 of .*, got 3: no such task\n +likely cause: The command itself/,
    );
  });

  it("prints its usage", async () => {
    expect(await run("--help")).toMatchObject({
      code: 0,
      printed: expect.stringContaining("--disturb COMMAND") as string,
    });
  });

  it.each([
    [[], /^URL: expected an address without a path, such as https:\/\/chat\.example\.com, got none/],
    [["chat.example.com"], /^URL: expected an address without a path.*got chat\.example\.com/],
    [["https://chat.example.com/chat"], /got https:\/\/chat\.example\.com\/chat/],
    [["https://chat.example.com", "--idle", "x"], /^--idle: expected a whole number from 1 to 7200, got x\.$/],
    [["https://chat.example.com", "--tasks", "0"], /^--tasks: expected a whole number from 1 to 1000, got 0\.$/],
    [["https://chat.example.com", "--wrong"], /Unknown option '--wrong'[\s\S]*usage:/],
  ])("refuses %j", async (args, message) => {
    await expect(run(...args)).rejects.toThrow(message);
  });
});
