import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser } from "playwright-core";
import { APP } from "../helpers/app-folder";
import { launchBrowser } from "../helpers/browser";
import { DevelopmentServer } from "../helpers/development-server";
import { LIMITS } from "../helpers/time-limits";
import { say, signIn, take } from "./actions";

jest.setTimeout(LIMITS.developmentTestMs);

const TYPESCRIPT_CONFIGURATION = readFileSync(join(APP, "tsconfig.json"), "utf8");

let browser: Browser;
let server: DevelopmentServer;

beforeAll(async () => {
  browser = await launchBrowser();
  server = await DevelopmentServer.start();
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

async function window() {
  const context = await browser.newContext({ locale: "en-US", baseURL: server.url });
  context.setDefaultTimeout(LIMITS.developmentPageMs);
  const complaints: string[] = [];
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (/Content Security Policy|hydrat/i.test(message.text())) complaints.push(message.text());
  });
  // Next tells open pages of changed files through a socket of its own.
  const hotReload = { frames: 0 };
  page.on("websocket", (socket) => {
    if (socket.url().includes("/_next/")) socket.on("framereceived", () => hotReload.frames++);
  });
  return { page, complaints, hotReload };
}

it("prints its address and the demo accounts; two windows exchange messages; hot reload is connected", async () => {
  expect(server.output).toContain(server.url);
  const visitor = await window();
  const customer = `Demo ${Date.now()}`;
  await visitor.page.goto("/chat");
  await visitor.page.getByLabel("Your name").fill(customer);
  await visitor.page.getByRole("button", { name: "Start the chat" }).click();
  await say(visitor.page, "Is anybody there?");

  const agent = await window();
  await agent.page.goto("/sign-in");
  await agent.page.getByText(`All have the password ${server.demoPassword}`).waitFor();
  expect(server.storedDemoPassword).toBe(server.demoPassword);
  await signIn(agent.page, "hanako@example.com", server.demoPassword);
  await agent.page.waitForURL("/");
  await take(agent.page, customer);
  await agent.page.locator("article[data-seq]", { hasText: "Is anybody there?" }).waitFor();
  await say(agent.page, "Yes.");
  await visitor.page.locator("article[data-seq]", { hasText: "Yes." }).waitFor();
  expect(agent.hotReload.frames).toBeGreaterThan(0);
  expect([...visitor.complaints, ...agent.complaints]).toEqual([]);
});

it("runs beside a second server, each in its own folder", async () => {
  const second = await DevelopmentServer.start();
  try {
    expect(second.folder).not.toBe(server.folder);
    expect(await Promise.all([second.status("/sign-in"), server.status("/invitation")])).toEqual([200, 200]);
    expect(second.demoPassword).not.toBe(server.demoPassword);
  } finally {
    await second.close();
  }
});

it("leaves the app's own TypeScript configuration alone", () => {
  expect(readFileSync(join(APP, "tsconfig.json"), "utf8")).toBe(TYPESCRIPT_CONFIGURATION);
});

describe("with a corrupt compiler cache", () => {
  // Turbopack panics over its data files and leaves a marker; it cannot even open a cache without a valid CURRENT.
  it.each([
    [".sst", "Next's compiler failed: removing its cache and restarting."],
    ["CURRENT", "The server did not start: removing the cache of Next's compiler and trying again."],
  ])("in %s removes it, says so in one line, and restarts", async (files, line) => {
    await server.status("/sign-in");
    await server.stop();
    expect(server.cacheFiles(files)).not.toEqual([]);
    server.corruptCache(files);
    await server.restart();
    await server.printed(line);
    expect(await server.statusAfterRestart("/sign-in")).toBe(200);
    expect(server.output.split(line)).toHaveLength(2);
  });
});

it("stops every process that it started", async () => {
  expect(await server.stop()).toEqual({ code: 0, signal: null });
  await expect(fetch(server.url)).rejects.toThrow();
});
