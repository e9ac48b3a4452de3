import { type Page } from "playwright-core";
import { connected, say, take } from "./actions";
import { ADMIN, AKI, BEN } from "./people";
import { TestSite } from "./site";
import { type Window, type WindowOptions } from "./windows";

/** Enough that the oldest messages are not loaded when the conversation is opened. */
const MANY = 200;
const INCOMPLETE = /Older messages are still being prepared/;

let stage: TestSite;

const sql = (statement: string) => stage.postgres.sql(statement, "messenger_crm");

/** A conversation of Aki with many messages, of which the third is about a refund. */
async function longConversation(): Promise<void> {
  await sql(`
with person as (insert into visitor (name) values ('高橋 Takahashi') returning id),
begun as (
  insert into conversation (visitor_id, last_seq, taken_at, updated_at) select id, ${MANY}, now(), now() - interval '1 day' from person returning id
), said as (
  insert into message (conversation_id, seq, client_message_id, sender_kind, sender_id, sender_name, body, created_at)
  select begun.id, n, gen_random_uuid(), 'visitor', person.id, '高橋 Takahashi',
    case when n = 3 then '注文番号 ＡＢ-1234 の返金をお願いします。' else 'メッセージ ' || n end, now() - make_interval(mins => 2000 - n)
  from begun, person, generate_series(1, ${MANY}) n
)
insert into conversation_member (conversation_id, user_id, last_read_seq)
select begun.id, u.id, ${MANY} from begun, app_user u where u.email = '${AKI.email}'`);
}

beforeAll(async () => {
  stage = await TestSite.open();
  await longConversation();
});

afterEach(() => stage.windows.close());
afterAll(() => stage.close());

const field = (page: Page) => page.getByRole("searchbox");
const results = (page: Page) => page.getByRole("region", { name: /Search results|検索結果/ });

async function agent(options: WindowOptions): Promise<Window> {
  const window = await stage.windows.signedIn(AKI, options);
  await connected(window.page);
  return window;
}

describe.each<[string, WindowOptions]>([
  ["in Japanese on a desktop", { locale: "ja-JP" }],
  ["in English on a phone", { locale: "en-US", isPhone: true }],
])("an agent who searches, %s", (_name, options) => {
  it("is led to a message that is not loaded, and back to the newest", async () => {
    const { page, complaints } = await agent(options);
    await field(page).fill("返金");
    const hit = results(page).getByRole("button").first();
    await hit.filter({ hasText: "高橋" }).waitFor();
    expect(await hit.locator("mark").allTextContents()).toEqual(["返金"]);
    await hit.click();
    const found = page.locator('article[data-seq="3"]');
    await found.waitFor();
    expect(await found.getAttribute("aria-current")).toBe("true");
    expect(await found.evaluate((element) => element === document.activeElement)).toBe(true);
    await expectInView(page, 3);
    await page.getByRole("button", { name: /To the newest messages|最新のメッセージへ/ }).click();
    await page.locator(`article[data-seq="${MANY}"]`).waitFor();
    await expectInView(page, MANY);
    expect(complaints).toEqual([]);
  });

  it("finds what was written a moment ago, whatever its width and case", async () => {
    const visitor = await stage.windows.visitor("Wanda");
    await say(visitor.page, "ｷｬﾝｾﾙ code XyZ9");
    const { page } = await agent({ locale: "en-US" });
    await take(page, "Wanda");
    await field(page).fill("キャンセル xyz");
    await results(page).getByText("ｷｬﾝｾﾙ").waitFor();
    await sql("delete from visitor where name = 'Wanda'");
  });
});

it("asks by keyboard alone: Ctrl+K, arrow keys and Enter; nothing while a word is composed", async () => {
  const { page } = await agent({ locale: "ja-JP" });
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/search")) asked.push(new URL(request.url()).searchParams.get("q") ?? "");
  });
  await page.keyboard.press("Control+k");
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "へんき", selectionStart: 3, selectionEnd: 3 });
  await page.waitForTimeout(800);
  expect(asked).toEqual([]);
  await session.send("Input.insertText", { text: "返金" });
  await results(page).getByRole("button").first().waitFor();
  expect(asked).toEqual(["返金"]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator('article[data-seq="3"]').waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Escape");
  await page.locator('section[aria-labelledby="mine-title"]').waitFor();
});

it("repeats a search that the server could not answer", async () => {
  const { page } = await agent({ locale: "en-US" });
  let refused = 0;
  await page.route("**/api/search*", (route) => (refused++ === 0 ? route.abort() : route.continue()));
  await field(page).fill("返金");
  await page.getByText("That did not work.").waitFor();
  await results(page).getByRole("button").first().waitFor();
});

it("repeats a search until everything can be found", async () => {
  const { page } = await agent({ locale: "en-US" });
  let asked = 0;
  await page.route("**/api/search*", async (route) => {
    if (asked++ > 0) return route.continue();
    await route.fulfill({ json: { ok: true, hits: [], customers: [], isComplete: false, next: null } });
  });
  await field(page).fill("返金");
  await page.getByText(INCOMPLETE).waitFor();
  await results(page).getByRole("button").first().waitFor();
  await page.getByText(INCOMPLETE).waitFor({ state: "detached" });
});

it("finds nothing of conversations that are not the agent's; an admin finds everything", async () => {
  const ben = await stage.windows.signedIn(BEN, { locale: "en-US" });
  await field(ben.page).fill("返金");
  await results(ben.page).getByText("Nothing was found.").waitFor();
  const admin = await stage.windows.signedIn(ADMIN, { locale: "en-US" });
  await field(admin.page).fill("takaha");
  await results(admin.page)
    .getByRole("button", { name: /高橋 Takahashi.*Customer/s })
    .first()
    .click();
  await admin.page.locator(`article[data-seq="${MANY}"]`).waitFor();
});

it("opens a link to a conversation in the queue, where it can be taken", async () => {
  const visitor = await stage.windows.visitor("Quinn");
  await say(visitor.page, "is anybody there?");
  const { page } = await agent({ locale: "en-US" });
  await page.getByRole("button", { name: "Take the conversation with Quinn" }).waitFor();
  const id = await sql("select c.id from conversation c join visitor v on v.id = c.visitor_id where v.name = 'Quinn'");
  await page.goto(`/?conversation=${id}`);
  const pane = page.getByRole("region", { name: "Quinn" });
  await pane.getByText("is anybody there?").waitFor();
  await pane.getByRole("button", { name: "Take" }).click();
  await page.locator("article[data-seq]", { hasText: "is anybody there?" }).waitFor();
});

/** Scrolling takes a frame or two. */
async function expectInView(page: Page, seq: number): Promise<void> {
  await page.waitForFunction((wanted) => {
    const box = document.querySelector(`article[data-seq="${wanted}"]`)?.getBoundingClientRect();
    return box !== undefined && box.top >= 0 && box.bottom <= window.innerHeight;
  }, seq);
}
