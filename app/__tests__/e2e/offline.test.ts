import { type Page } from "playwright-core";
import { composer, connected, say } from "./actions";
import { TestSite } from "./site";

/** Much less than the heartbeat takes to notice, and time for a slow machine. */
const AT_ONCE_MS = 5000;

let stage: TestSite;

beforeAll(async () => {
  stage = await TestSite.open();
});

afterEach(() => stage.windows.close());
afterAll(() => stage.close());

const banner = (page: Page) => page.getByText(/^⚠ No connection since/);

describe("a browser that knows that it is offline", () => {
  it("says so at once, keeps what is written, and goes on when it is back", async () => {
    const { page, context } = await stage.windows.visitor("Otto");
    await context.setOffline(true);
    await banner(page).waitFor({ timeout: AT_ONCE_MS });
    await say(page, "written offline");
    await page.getByText("Waiting for a connection").waitFor();
    await context.setOffline(false);
    await page.locator("article[data-seq]", { hasText: "written offline" }).waitFor();
    expect(await banner(page).count()).toBe(0);
  });
});

describe("a reload while the server cannot be reached", () => {
  it.each([
    ["en-US", "No connection"],
    ["ja-JP", "接続できません"],
  ])("shows a page of ours (%s), and the chat again when it is back", async (locale, title) => {
    const { page, complaints } = await stage.windows.window({ locale });
    await page.goto("/chat");
    await page.getByRole("textbox").fill("Petra");
    await page.getByRole("button").click();
    await connected(page);
    await composer(page).fill("a draft");
    // Active once it has stored its page.
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await stage.stopApp();
    await page.reload();
    await page.getByRole("heading", { name: title }).waitFor();
    expect(await page.getByRole("heading").count()).toBe(1);
    await stage.startApp();
    await connected(page);
    expect(await composer(page).inputValue()).toBe("a draft");
    expect(complaints).toEqual([]);
  });

  it("stores nothing else in the browser", async () => {
    const { page } = await stage.windows.visitor("Quentin");
    await say(page, "a secret of Quentin");
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.reload();
    await connected(page);
    const stored = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => new URL(url).pathname);
    });
    expect(stored.sort()).toEqual(["/icon.svg", "/offline.css", "/offline.html", "/offline.js"]);
  });
});
