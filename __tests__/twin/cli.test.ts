import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "../../tools/servers/free-port";
import { type TwinStatus } from "../../tools/twin/status/status";
import { get } from "./requests";

const ROOT = resolve(__dirname, "../..");
const FIXTURES = join(ROOT, "__tests__/tools/twin/fixtures");
const ARGS = ["--import", require.resolve("tsx"), join(ROOT, "tools/twin/cli.ts")];

const project = mkdtempSync(join(tmpdir(), "twin-project-"));
const state = join(project, "state.json");
const environment = { ...process.env, TERRAFORM_BIN: join(project, "terraform") };

/** A script in place of Terraform that answers the two commands that the twin runs. */
const TERRAFORM = `#!/bin/sh
case "$1" in
  version) echo '{"terraform_version":"1.11.4"}' ;;
  show) cat '${state}' ;;
esac
`;

beforeAll(() => {
  const workspace = join(project, ".simulator/messenger-crm-dev");
  mkdirSync(workspace, { recursive: true });
  writeFileSync(join(workspace, "terraform.tfstate"), "{}");
  writeFileSync(environment.TERRAFORM_BIN, TERRAFORM, { mode: 0o755 });
  apply((text) => text);
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

/** Writes the files that `make up` writes, with a health check every second. */
function apply(change: (state: string) => string): void {
  const quick = readFileSync(join(FIXTURES, "dev-state.json"), "utf8").replace('"interval": 30', '"interval": 1');
  writeFileSync(state, change(quick));
  writeFileSync(join(project, ".simulator/summary.json"), String(Math.random()));
}

function cli(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    execFile(process.execPath, [...ARGS, ...args], { cwd: project, env: environment }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

async function status(): Promise<TwinStatus> {
  return JSON.parse((await cli("status", "--json")).stdout) as TwinStatus;
}

async function until(condition: (status: TwinStatus) => boolean): Promise<void> {
  while (!condition(await status())) await new Promise((next) => setTimeout(next, 200));
}

async function line(child: ChildProcess, pattern: RegExp, printed: string[]): Promise<void> {
  for await (const text of createInterface({ input: child.stdout! })) {
    printed.push(text);
    if (pattern.test(text)) return;
  }
  throw new Error(`ended without ${String(pattern)}:\n${printed.join("\n")}`);
}

it("starts a twin, takes commands, deploys a later apply, and cleans up", async () => {
  const port = await freePort();
  const args = ["up", "--port", String(port), "--build", join(FIXTURES, "image")];
  const up = spawn(process.execPath, [...ARGS, ...args], { cwd: project, env: environment });
  const printed: string[] = [];
  try {
    await line(up, /^Open http/, printed);
    expect((await get(`http://127.0.0.1:${port}`)).status).toBe(200);
    expect(printed).toContain("What differs from AWS here:");
    const more: string[] = [];
    createInterface({ input: up.stdout }).on("line", (text) => more.push(text));

    await until(({ steady }) => steady);
    const shown = await cli("status");
    expect(shown.stdout).toContain(`messenger-crm-dev  http://127.0.0.1:${port}  2 of 2 tasks healthy`);

    expect(await cli("scale", "9")).toMatchObject({
      code: 1,
      stderr: "scale: expected 2 to 4 tasks, the bounds of autoscaling, got 9.\n",
    });
    expect((await cli("kill", "task-1")).stdout).toBe("task-1 is killed\n");
    await until(({ steady, tasks }) => steady && tasks.every(({ id }) => id !== "task-1"));
    expect((await cli("logs", "task-2")).stdout).toContain("task-2.app  listening");

    // Simulates another `make up`.
    apply((text) =>
      text.replaceAll('\\"LOG_LEVEL\\",\\"value\\":\\"debug\\"', '\\"LOG_LEVEL\\",\\"value\\":\\"info\\"'),
    );
    await until(({ steady, deployments }) => steady && deployments[0]!.id === "deployment-2");
    const { body } = await get(`http://127.0.0.1:${port}`);
    expect((body["environment"] as Record<string, string>)["LOG_LEVEL"]).toBe("info");

    const exited = once(up, "exit");
    up.kill("SIGINT");
    expect(await exited).toEqual([0, null]);
    expect(more.at(-1)).toMatch(/^Everything is stopped\. The logs are in /);
    expect((await cli("status")).stderr).toBe("no twin runs here. Start one in another terminal: make twin.\n");
  } finally {
    up.kill("SIGKILL");
  }
});

it("answers the stop command before it ends", async () => {
  const args = ["up", "--port", String(await freePort()), "--build", join(FIXTURES, "image")];
  const up = spawn(process.execPath, [...ARGS, ...args], { cwd: project, env: environment });
  try {
    await line(up, /^Open http/, []);
    up.stdout.resume();
    const exited = once(up, "exit");
    expect(await cli("stop")).toEqual({ code: 0, stdout: "stopping\n", stderr: "" });
    expect(await exited).toEqual([0, null]);
  } finally {
    up.kill("SIGKILL");
  }
});

it.each([
  [["up", "--env", "mars"], /environment mars is not applied on the simulator\. Applied: messenger-crm-dev\./],
  [["up", "--build", "nowhere"], /nowhere: expected a built app with server\.js, found none/],
  [["up", "--build", "a", "--image", "b"], /--build and --image: expected one of them/],
  [["up", "--port", "x"], /--port: expected 1 to 65535, got x/],
  [["--wrong"], /Unknown option '--wrong'[\s\S]*usage:/],
])("refuses %j with one sentence", async (args, message) => {
  const { code, stderr } = await cli(...args);
  expect(code).toBe(1);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});

it("prints its usage", async () => {
  const { stdout } = await cli("--help");
  for (const word of ["up [", "status", "logs", "scale", "deploy", "kill", "partition", "heal", "stop"]) {
    expect(stdout).toContain(`  ${word}`);
  }
});
