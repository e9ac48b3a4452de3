import { composer, connected, say, sentMessages, take, typeUntilSeen } from "./actions";
import { ADMIN, AKI } from "./people";
import { TestSite } from "./site";

let stage: TestSite;

beforeAll(async () => {
  stage = await TestSite.open();
});

afterEach(() => stage.windows.close());
afterAll(() => stage.close());

describe("a customer", () => {
  it("sees no error on the first visit, and asks nobody who they are", async () => {
    const { page, complaints } = await stage.windows.window();
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    await page.goto("/chat");
    await page.getByLabel("Your name").waitFor();
    await page.waitForLoadState("networkidle");
    expect(complaints).toEqual([]);
  });

  it("learns that the chat was closed, and that a message reopens it; so does the agent", async () => {
    const [visitor, agent] = [await stage.windows.visitor("Clara"), await stage.windows.signedIn(AKI)];
    await say(visitor.page, "hello");
    await take(agent.page, "Clara");
    const closed = visitor.page.getByText("This conversation was closed.");
    expect(await closed.count()).toBe(0);
    await agent.page.getByRole("button", { name: "Close conversation" }).click();
    await closed.waitFor();
    await visitor.page.reload();
    await closed.waitFor();
    await say(visitor.page, "one more thing");
    await closed.waitFor({ state: "detached" });
    await agent.page.getByRole("button", { name: "Close conversation" }).waitFor();
    await agent.page.locator("h1", { hasText: "Open" }).waitFor();
  });

  it("sees that somebody is typing, and not which of the agents", async () => {
    const [visitor, aki, ada] = [
      await stage.windows.visitor("Tina"),
      await stage.windows.signedIn(AKI),
      await stage.windows.signedIn(ADMIN),
    ];
    await say(visitor.page, "hello");
    await take(aki.page, "Tina");
    await ada.page.goto(aki.page.url());
    await composer(ada.page).waitFor();
    await typeUntilSeen(aki.page, ada.page);
    await ada.page.getByText(/Aki.* is typing/).waitFor();
    await typeUntilSeen(ada.page, visitor.page);
    await visitor.page.getByText("Somebody is typing…", { exact: true }).waitFor();
    expect(await visitor.page.getByText(/(Ada|Aki).* is typing/).count()).toBe(0);
    await say(ada.page, "hello from Ada");
    await visitor.page.getByText("hello from Ada").waitFor();
    await typeUntilSeen(visitor.page, aki.page);
    await aki.page.getByText(/Tina.* is typing/).waitFor();
  });

  it("finds what they write in one tab in the other, until it is sent", async () => {
    const first = await stage.windows.visitor("Dora");
    const second = await stage.windows.tab(first.context);
    await second.page.goto("/chat");
    await connected(second.page);
    await composer(first.page).fill("not finished yet");
    await second.page.waitForFunction(() => document.querySelector("textarea")?.value === "not finished yet");
    await composer(second.page).fill("finished now");
    await first.page.waitForFunction(() => document.querySelector("textarea")?.value === "finished now");
    await composer(second.page).press("Enter");
    await first.page.waitForFunction(() => document.querySelector("textarea")?.value === "");
    await first.page.locator("article[data-seq]", { hasText: "finished now" }).waitFor();
    expect(await sentMessages(first.page)).toEqual(["finished now"]);
  });

  it("begins a new line with Enter on a phone, and sends by the button", async () => {
    const { page } = await stage.windows.visitor("Phoebe", { isPhone: true });
    await composer(page).pressSequentially("first line");
    await composer(page).press("Enter");
    await composer(page).pressSequentially("second line");
    expect(await composer(page).inputValue()).toBe("first line\nsecond line");
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator("article[data-seq]", { hasText: "first line\nsecond line" }).waitFor();
  });
});

describe("an agent with a keyboard", () => {
  it("reaches the lists with few Tabs, moves in them by arrows, and writes at once after taking", async () => {
    const names = ["Karl", "Kim", "Kurt"];
    for (const name of names) await say((await stage.windows.visitor(name)).page, `I am ${name}`);
    const { page } = await stage.windows.signedIn(AKI);
    for (const name of names) await page.getByRole("button", { name: `Take the conversation with ${name}` }).waitFor();
    const takeKarl = page.getByRole("button", { name: "Take the conversation with Karl" });
    const isFocused = () => takeKarl.evaluate((element) => element === document.activeElement);
    await page.locator("body").press("Tab");
    let tabs = 1;
    for (; tabs < 20 && !(await isFocused()); tabs++) {
      const isInQueue = await page.evaluate(
        () => document.activeElement?.closest("section")?.getAttribute("aria-labelledby") === "queue-title",
      );
      await page.keyboard.press(isInQueue ? "ArrowDown" : "Tab");
    }
    expect(tabs).toBeLessThan(10);
    await page.keyboard.press("Enter");
    await composer(page).waitFor();
    await page.keyboard.type("written without a click");
    await page.keyboard.press("Enter");
    await page.locator("article[data-seq]", { hasText: "written without a click" }).waitFor();
  });
});
