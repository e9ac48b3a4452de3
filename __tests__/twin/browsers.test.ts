import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { composer, say, sentMessages, take } from "../../app/__tests__/e2e/actions";
import { accountsOf, AKI, BEN } from "../../app/__tests__/e2e/people";
import { type Window, Windows } from "../../app/__tests__/e2e/windows";
import { launchBrowser } from "../../app/__tests__/helpers/browser";
import { contract } from "../../app/contract";
import { imageOf } from "../../tools/twin/tasks/image";
import { startTwin } from "../../tools/twin/start-twin";
import { type Twin } from "../../tools/twin/twin";
import { appliedTopology } from "./applied-topology";
import { cookiesOfTasks } from "./protocol/requests";

const IMAGE = resolve(__dirname, "../../app/dist/image");
const NO_CONNECTION = /^⚠ No connection since/;
/** Milliseconds between two messages of a quick typist. */
const PAUSE_MS = 150;

let twin: Twin;
let browser: Awaited<ReturnType<typeof launchBrowser>>;
let windows: Windows;

beforeAll(async () => {
  const topology = appliedTopology({ service: { health_check_grace_period_seconds: 90 } });
  twin = await startTwin({ topology, image: imageOf(IMAGE) });
  browser = await launchBrowser();
  windows = new Windows(browser, twin.url);
  await twin.untilSteady();
  await sql(await accountsOf([AKI, BEN]));
});
afterAll(async () => {
  await browser?.close();
  await twin?.stop();
});

function sql(text: string): Promise<string> {
  return twin.database.sql(text, twin.topology.database?.name);
}

/** Opens a conversation of a customer and two agents. The customer and Ben are connected to one task, Aki to the other. */
async function startConversation(): Promise<{ vera: Window; aki: Window; ben: Window }> {
  const [one, other] = await cookiesOfTasks({ url: twin.url, origin: twin.url });
  const vera = await windows.visitor("Vera", { cookie: one });
  const aki = await windows.signedIn(AKI, { cookie: other });
  const ben = await windows.signedIn(BEN, { cookie: one });
  await say(vera.page, "Hello?");
  await take(aki.page, "Vera");
  await aki.page.getByText(/^Members/).click();
  await aki.page.getByLabel("Add a colleague").selectOption({ label: "Ben" });
  await aki.page.getByRole("button", { name: "Add" }).click();
  // The name at the start of the button tells it from the offer to take the conversation, which may still be shown.
  await ben.page.getByRole("button", { name: /^Vera/ }).click();
  await untilMessagesShown([vera, aki, ben], 1);
  return { vera, aki, ben };
}

/** Returns the task that the only customer is connected to. */
function taskOfCustomer(): string {
  const tasks = twin.tasks().filter(({ id }) => {
    const lines = readFileSync(twin.logFile(id), "utf8").split("\n");
    return lines.some((line) => line.includes(contract.logs.connectedLine) && line.includes('"kind":"visitor"'));
  });
  expect(tasks).toHaveLength(1);
  return tasks[0]!.id;
}

/** Writes messages one after the other, connected or not, and returns their texts. */
async function writeMessages({ page }: Window, name: string, count: number): Promise<string[]> {
  const texts = Array.from({ length: count }, (_, index) => `${name} ${index + 1}`);
  for (const text of texts) {
    await say(page, text);
    await page.waitForTimeout(PAUSE_MS);
  }
  return texts;
}

/** Waits until every page shows this many messages, all of them acknowledged. */
async function untilMessagesShown(people: readonly Window[], count: number): Promise<void> {
  for (const { page } of people) {
    await page
      .locator("article[data-seq]")
      .nth(count - 1)
      .waitFor();
    await page.locator("article[data-outgoing]").first().waitFor({ state: "detached" });
  }
}

it("loses no message, duplicates none and keeps drafts when a task dies during a conversation of three people", async () => {
  const { vera, aki, ben } = await startConversation();
  const everybody = [vera, aki, ben];
  await composer(ben.page).pressSequentially("I look it up, and");
  const before = await Promise.all([writeMessages(vera, "Vera, before", 4), writeMessages(aki, "Aki, before", 4)]);

  const banners = [vera, ben].map(({ page }) => page.getByText(NO_CONNECTION));
  const shown = Promise.all(banners.map((banner) => banner.waitFor()));
  const dead = taskOfCustomer();
  twin.kill(dead);
  const after = await Promise.all([writeMessages(vera, "Vera, after", 8), writeMessages(aki, "Aki, after", 8), shown]);
  expect(await aki.page.getByText(NO_CONNECTION).count()).toBe(0);
  for (const banner of banners) await banner.waitFor({ state: "detached" });

  const texts = [before[0], before[1], after[0], after[1]];
  const written = ["Hello?", ...texts.flat(), "I look it up, and here it is."];
  await untilMessagesShown(everybody, written.length - 1);
  expect(await composer(ben.page).inputValue()).toBe("I look it up, and");
  await composer(ben.page).pressSequentially(" here it is.");
  await composer(ben.page).press("Enter");
  await untilMessagesShown(everybody, written.length);

  const stored = (await sql("select body from message order by seq")).split("\n");
  expect([...stored].sort()).toEqual(written.sort());
  // Messages of each writer stay in order, and every page shows the same messages once.
  for (const own of texts) expect(stored.filter((body) => own.includes(body))).toEqual(own);
  for (const { page, complaints } of everybody) {
    expect(await sentMessages(page)).toEqual(stored);
    expect(complaints).toEqual([]);
  }
  expect(twin.tasks().map(({ id }) => id)).not.toContain(dead);
});
