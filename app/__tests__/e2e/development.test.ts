import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser } from "playwright-core";
import { APP, freePort } from "../helpers/app-process";
import { launchBrowser } from "../helpers/browser";
import { say, signIn, take } from "./gestures";

// Pages are compiled when they are first asked for.
jest.setTimeout(300_000);
const SLOW = { timeout: 120_000 };

let browser: Browser;
let home: string;
let server: ChildProcess;
let output = "";
let url: string;

beforeAll(async () => {
  const port = await freePort();
  url = `http://localhost:${port}`;
  home = mkdtempSync(join(tmpdir(), "empty-home-"));
  browser = await launchBrowser();
  // What `npm run dev` runs, on a machine with Node and nothing else.
  server = spawn(process.execPath, ["dev.mjs"], {
    cwd: APP,
    env: { NODE_ENV: "development", HOME: home, PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  server.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  server.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await printed(/Demo accounts/);
});

afterAll(async () => {
  await browser.close();
  if (server.exitCode === null) {
    const gone = once(server, "exit");
    server.kill("SIGTERM");
    await gone;
  }
  rmSync(home, { recursive: true });
});

async function printed(pattern: RegExp): Promise<void> {
  const giveUpAt = Date.now() + SLOW.timeout;
  while (!pattern.test(output)) {
    if (server.exitCode !== null || Date.now() > giveUpAt) throw new Error(`npm run dev wrote:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function window() {
  const context = await browser.newContext({ locale: "en-US", baseURL: url });
  context.setDefaultTimeout(SLOW.timeout);
  const complaints: string[] = [];
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (/Content Security Policy|hydrat/i.test(message.text())) complaints.push(message.text());
  });
  // What Next tells open pages when a file changes comes by a socket of its own.
  const hotReload = { frames: 0 };
  page.on("websocket", (socket) => {
    if (socket.url().includes("/_next/")) socket.on("framereceived", () => hotReload.frames++);
  });
  return { page, complaints, hotReload };
}

it("prints its address and the demo accounts; two windows talk; pages are reloaded", async () => {
  expect(output).toContain(url);
  const password = /with the password (\S+)/.exec(output)?.[1] ?? "";
  const visitor = await window();
  const customer = `Demo ${Date.now()}`;
  await visitor.page.goto("/chat");
  await visitor.page.getByLabel("Your name").fill(customer);
  await visitor.page.getByRole("button", { name: "Start the chat" }).click();
  await say(visitor.page, "Is anybody there?");

  const agent = await window();
  await signIn(agent.page, "hanako@example.com", password);
  await agent.page.waitForURL("/");
  await take(agent.page, customer);
  await agent.page.locator("article[data-seq]", { hasText: "Is anybody there?" }).waitFor();
  await say(agent.page, "Yes.");
  await visitor.page.locator("article[data-seq]", { hasText: "Yes." }).waitFor();
  expect(agent.hotReload.frames).toBeGreaterThan(0);
  expect([...visitor.complaints, ...agent.complaints]).toEqual([]);
});

it("ends with everything that it started", async () => {
  const gone = once(server, "exit");
  server.kill("SIGTERM");
  expect(await gone).toEqual([0, null]);
  await expect(fetch(url)).rejects.toThrow();
});
