import { type Page } from "playwright-core";
import { connected, say, take } from "./actions";
import { AKI } from "./people";
import { TestSite } from "./site";
import { type Window } from "./windows";

/** More than one page of either list. */
const MANY = 120;
/** Long enough for a slow machine, and shorter than the periodic sync, which would find the message too. */
const AT_ONCE_MS = 15_000;

let stage: TestSite;
let visitor: Window;
let veraId: string;

const sql = (statement: string) => stage.postgres.sql(statement, "messenger_crm");

/** Inserts conversations with one message each, of `taken` by Aki or in the queue; the nth began n minutes ago. */
function conversations(name: string, isTaken: boolean): Promise<string> {
  return sql(`
with people as (
  insert into visitor (name) select '${name} ' || n from generate_series(1, ${MANY}) n returning id, name
), begun as (
  insert into conversation (visitor_id, last_seq, taken_at, queued_at, created_at, updated_at)
  select id, 1, ${isTaken ? "now()" : "null"}, at, at, at from (
    select id, now() - make_interval(mins => split_part(name, ' ', 2)::int) as at from people
  ) timed returning id, visitor_id, created_at
), said as (
  insert into message (conversation_id, seq, client_message_id, sender_kind, sender_id, sender_name, body, created_at)
  select b.id, 1, gen_random_uuid(), 'visitor', p.id, p.name, 'I am ' || p.name, b.created_at
  from begun b join people p on p.id = b.visitor_id
)
insert into conversation_member (conversation_id, user_id, last_read_seq)
select b.id, u.id, 1 from begun b, app_user u where ${isTaken} and u.email = '${AKI.email}'`);
}

const mine = (page: Page) => page.locator('section[aria-labelledby="mine-title"]');
const queue = (page: Page) => page.locator('section[aria-labelledby="queue-title"]');

beforeAll(async () => {
  stage = await TestSite.open();
  visitor = await stage.windows.visitor("Vera");
  await say(visitor.page, "the first");
  const agent = await stage.windows.signedIn(AKI);
  await take(agent.page, "Vera");
  await agent.page.locator("article", { hasText: "the first" }).waitFor();
  veraId = new URL(agent.page.url()).searchParams.get("conversation") ?? "";
  await agent.context.close();
  // Older than everything that is inserted.
  await sql("update conversation set created_at = now() - interval '1 day', updated_at = now() - interval '1 day'");
  await conversations("Taken", true);
  await conversations("Waiting", false);
});

afterAll(async () => {
  await stage.windows.close();
  await stage.close();
});

describe("with more conversations than a page of the list", () => {
  it("shows the queue with its true count and the longest waiter first, below the agent's own conversations", async () => {
    const { page } = await stage.windows.signedIn(AKI);
    await queue(page).getByText("Waiting 120").first().waitFor();
    expect(await queue(page).getByRole("heading").textContent()).toMatch(/ 120$/);
    const first = queue(page).getByRole("listitem").first();
    expect(await first.textContent()).toMatch(/Waiting 120.*2 hours.*I am Waiting 120/s);
    const own = await mine(page).getByRole("button").first().boundingBox();
    const { height } = page.viewportSize() ?? { height: 0 };
    expect(own!.y + own!.height).toBeLessThan(height / 2);
  });

  it("moves a conversation that is not loaded to the top as soon as its customer writes", async () => {
    const { page } = await stage.windows.signedIn(AKI);
    await connected(page);
    await mine(page).getByText("Taken 1", { exact: true }).waitFor();
    // The lists that are fetched on connecting are there by then.
    await page.waitForTimeout(3000);
    expect(await mine(page).getByText("Vera").count()).toBe(0);
    await say(visitor.page, "is anybody still there?");
    const top = mine(page).getByRole("button").first();
    await top.filter({ hasText: "is anybody still there?" }).waitFor({ timeout: AT_ONCE_MS });
    expect(await top.textContent()).toMatch(/Vera.*1 unread message/s);
  });

  it("opens a link to a conversation that is not loaded, and says so when there is none", async () => {
    await sql(`update conversation set updated_at = now() - interval '1 day' where id = '${veraId}'`);
    const { page } = await stage.windows.signedIn(AKI);
    await page.goto(`/?conversation=${veraId}`);
    await page.locator("article", { hasText: "is anybody still there?" }).waitFor({ timeout: AT_ONCE_MS });
    await page.goto("/?conversation=0b0e9c5e-0000-4000-8000-00000000dead");
    await page.getByText("This conversation does not exist").waitFor({ timeout: AT_ONCE_MS });
  });

  it("asks for one conversation, not for every page, when a customer begins", async () => {
    const { page } = await stage.windows.signedIn(AKI);
    await connected(page);
    const more = page.getByRole("button", { name: "Show more" });
    await more.first().waitFor();
    for (let clicks = 0; (await more.count()) > 0 && clicks < 10; clicks++) {
      await more.first().click();
      await page.waitForTimeout(1000);
    }
    expect(await more.count()).toBe(0);
    const requests: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/api/")) requests.push(request.url());
    });
    await stage.windows.visitor("Newcomer");
    await queue(page).getByText("Newcomer").waitFor({ timeout: AT_ONCE_MS });
    await page.waitForTimeout(1500);
    expect(requests).toHaveLength(1);
  });
});
