import { type Page } from "playwright-core";
import { composer, connected, say, sentMessages, take } from "./actions";
import { AKI } from "./people";
import { TestSite } from "./site";

let stage: TestSite;

beforeAll(async () => {
  stage = await TestSite.open();
});

afterEach(() => stage.windows.close());
afterAll(() => stage.close());

/** Returns the stored bodies, as opposed to those that a page shows. */
async function storedBodies(like: string): Promise<string[]> {
  const rows = await stage.postgres.sql(
    `select body from message where body like '${like}%' order by conversation_id, seq`,
    "messenger_crm",
  );
  return rows === "" ? [] : rows.split("\n");
}

async function allSent(page: Page): Promise<void> {
  await page.locator("article[data-outgoing]").first().waitFor({ state: "detached" });
}

describe("when the server goes away and comes back", () => {
  it("shows it, delivers once what was written meanwhile, and shows missed messages", async () => {
    const [visitor, agent] = [await stage.windows.visitor("Vera"), await stage.windows.signedIn(AKI)];
    await say(visitor.page, "before");
    await take(agent.page, "Vera");
    await agent.page.locator("article", { hasText: "before" }).waitFor();
    const banner = visitor.page.getByText(/^⚠ No connection since/);
    expect(await banner.count()).toBe(0);

    await stage.stopApp();
    await banner.waitFor();
    await say(visitor.page, "while down, first");
    await say(visitor.page, "while down, second");
    await visitor.page.getByText("Waiting for a connection").first().waitFor();
    expect(await sentMessages(visitor.page)).toEqual(["before"]);

    await stage.startApp();
    await banner.waitFor({ state: "detached" });
    await allSent(visitor.page);
    const expected = ["before", "while down, first", "while down, second"];
    expect(await sentMessages(visitor.page)).toEqual(expected);
    await agent.page.locator("article", { hasText: "while down, second" }).waitFor();
    expect(await sentMessages(agent.page)).toEqual(expected);
    expect(await storedBodies("while down")).toEqual(expected.slice(1));
    expect([...visitor.complaints, ...agent.complaints]).toEqual([]);
  });

  it("keeps the newest message visible when the banner appears", async () => {
    const { page } = await stage.windows.visitor("Nora");
    for (let count = 1; count <= 12; count++) await say(page, `in sight, ${count}`);
    await page.locator("article[data-seq]").nth(11).waitFor();
    const newest = await belowTheEdge(page);
    await stage.stopApp();
    await page.getByText(/^⚠ No connection since/).waitFor();
    // The next frame updates the layout.
    await page.waitForTimeout(500);
    expect({ newest, later: await belowTheEdge(page) }).toEqual({ newest: 0, later: 0 });
    await stage.startApp();
  });
});

describe("a reload with a full outbox", () => {
  it("loses nothing, and sends everything in order once there is a connection", async () => {
    const { page, context } = await stage.windows.visitor("Rita");
    await say(page, "outbox, before");
    await page.locator("article[data-seq]").waitFor();
    // Pages load, sockets do not connect.
    await page.routeWebSocket(/socket\.io/, (socket) => socket.close());
    await context.route(/socket\.io/, (route) => route.abort());
    await page.reload();
    await page.getByText(/^⚠ No connection since/).waitFor();
    const texts = ["outbox, one", "outbox, two", "outbox, three"];
    for (const text of texts) await say(page, text);
    await page.locator("article[data-outgoing]").nth(2).waitFor();

    await page.reload();
    await page.locator("article[data-outgoing]").nth(2).waitFor();
    expect(await page.locator("article[data-outgoing] p").allTextContents()).toEqual(texts);
    expect(await composer(page).inputValue()).toBe("");
    expect(await storedBodies("outbox, ")).toEqual(["outbox, before"]);

    await page.close();
    await context.unroute(/socket\.io/);
    const again = await stage.windows.tab(context);
    await again.page.goto("/chat");
    await connected(again.page);
    await allSent(again.page);
    expect(await sentMessages(again.page)).toEqual(["outbox, before", ...texts]);
    expect(await storedBodies("outbox, ")).toEqual(["outbox, before", ...texts]);
  });

  it("sends each message once from two windows of one browser", async () => {
    const first = await stage.windows.visitor("Tara");
    await cutSockets(first.page);
    await first.page.reload();
    await first.page.getByText(/^⚠ No connection since/).waitFor();
    const texts = Array.from({ length: 5 }, (_, index) => `two windows, ${index}`);
    for (const text of texts) await say(first.page, text);
    // The other window has a connection, and sends what the first could not.
    const second = await stage.windows.tab(first.context);
    await second.page.goto("/chat");
    await second.page.locator("article[data-seq]").nth(4).waitFor();
    await first.page.locator("article[data-outgoing]").first().waitFor({ state: "detached" });
    expect(await storedBodies("two windows, ")).toEqual(texts);
  });
});

/** Returns how far the messages extend below the visible part, in pixels. */
function belowTheEdge(page: Page): Promise<number> {
  return page
    .getByRole("group", { name: "Messages" })
    .evaluate((element) => Math.floor(element.scrollHeight - element.scrollTop - element.clientHeight));
}

/** Blocks the sockets of this window only. */
async function cutSockets(page: Page): Promise<void> {
  await page.routeWebSocket(/socket\.io/, (socket) => socket.close());
  await page.route(/socket\.io/, (route) => route.abort());
}
