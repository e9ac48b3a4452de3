import { composer, connected, say, sentMessages, signIn, take } from "./actions";
import { ADMIN, AKI, BEN } from "./people";
import { TestSite } from "./site";

let stage: TestSite;

beforeAll(async () => {
  stage = await TestSite.open();
});

afterEach(() => stage.windows.close());
afterAll(() => stage.close());

describe("signing in", () => {
  it("does not reveal whether the address or the password was wrong", async () => {
    const { page } = await stage.windows.window();
    const problems: (string | null)[] = [];
    for (const email of [AKI.email, "nobody@example.com"]) {
      await signIn(page, email, "not the password");
      problems.push(await page.locator("form").getByRole("alert").textContent());
    }
    expect(problems).toEqual(Array(2).fill("The e-mail address or the password is not right."));
  });

  it("is refused for a while after too many attempts, with a message", async () => {
    const { page } = await stage.windows.window();
    const limited = page.getByText("That were many attempts.");
    await page.goto("/sign-in");
    await page.getByLabel("E-mail").fill("guessed@example.com");
    await page.getByLabel("Password").fill("a guess of many");
    for (let attempt = 0; attempt < 30 && !(await limited.isVisible()); attempt++) {
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.locator("form").getByRole("alert").waitFor();
    }
    expect(await limited.isVisible()).toBe(true);
  });

  it("is required without a session, and agents cannot open the administration", async () => {
    const { page } = await stage.windows.window();
    await page.goto("/");
    await page.waitForURL("/sign-in");
    const agent = await stage.windows.signedIn(AKI);
    expect((await agent.page.goto("/admin"))?.status()).toBe(404);
  });

  it("uses the language of the browser", async () => {
    const { page } = await stage.windows.signedIn(AKI, { locale: "ja-JP" });
    await page.getByRole("heading", { name: "待機中" }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("ja");
  });
});

describe("a conversation", () => {
  it("goes back and forth between a customer and the agent who took it", async () => {
    const [visitor, agent] = [await stage.windows.visitor("Vera"), await stage.windows.signedIn(AKI)];
    await say(visitor.page, "Hello?");
    await take(agent.page, "Vera");
    await agent.page.getByText("Hello?").last().waitFor();
    await say(agent.page, "How may I help? 🙂");
    await visitor.page.getByText("How may I help? 🙂").waitFor();
    await say(visitor.page, "第一行です");
    await agent.page.locator("article", { hasText: "第一行です" }).waitFor();
    expect(await sentMessages(agent.page)).toEqual(["Hello?", "How may I help? 🙂", "第一行です"]);
    expect(await sentMessages(visitor.page)).toEqual(["Hello?", "How may I help? 🙂", "第一行です"]);
    expect([...visitor.complaints, ...agent.complaints]).toEqual([]);
  });

  it("shows the queue to every agent, and its messages to members only", async () => {
    const [visitor, aki, ben] = [
      await stage.windows.visitor("Olga"),
      await stage.windows.signedIn(AKI),
      await stage.windows.signedIn(BEN),
    ];
    await say(visitor.page, "a secret of Olga");
    const takeByBen = ben.page.getByRole("button", { name: "Take the conversation with Olga" });
    await takeByBen.waitFor();
    await take(aki.page, "Olga");
    await takeByBen.waitFor({ state: "detached" });
    await aki.page.locator("article", { hasText: "a secret of Olga" }).waitFor();
    expect(await ben.page.content()).not.toContain("a secret of Olga");

    await aki.page.getByText(/^Members/).click();
    await aki.page.getByLabel("Add a colleague").selectOption({ label: "Ben" });
    await aki.page.getByRole("button", { name: "Add" }).click();
    await ben.page.getByRole("button", { name: /Olga/ }).click();
    await ben.page.locator("article", { hasText: "a secret of Olga" }).waitFor();
    await say(ben.page, "two of us now");
    await aki.page.locator("article", { hasText: "two of us now" }).waitFor();
    await visitor.page.getByText("two of us now").waitFor();
  });

  it("counts unread messages until they are read", async () => {
    const [visitor, agent] = [await stage.windows.visitor("Uma"), await stage.windows.signedIn(ADMIN)];
    await say(visitor.page, "one");
    await take(agent.page, "Uma");
    await agent.page.locator("article", { hasText: "one" }).waitFor();
    await agent.page.goto("/admin");
    await say(visitor.page, "two");
    await say(visitor.page, "three");
    await agent.page.goto("/");
    const entry = agent.page.getByRole("button", { name: /Uma.*2 unread messages/s });
    await entry.waitFor();
    expect(await agent.page.title()).toMatch(/^\(2\)/);
    await entry.click();
    await agent.page.getByRole("button", { name: /2 unread messages/ }).waitFor({ state: "detached" });
    await agent.page.reload();
    await agent.page.getByRole("button", { name: /Uma/ }).waitFor();
    expect(await agent.page.getByText(/unread message/).count()).toBe(0);
  });
});

describe("the composer", () => {
  it("keeps the focus, sends on Enter, and starts a new line on Shift+Enter", async () => {
    const { page } = await stage.windows.visitor("Finn");
    const field = composer(page);
    await field.pressSequentially("first line");
    await field.press("Shift+Enter");
    await field.pressSequentially("second line");
    await field.press("Enter");
    await page.locator("article[data-seq]", { hasText: "first line\nsecond line" }).waitFor();
    expect(await field.inputValue()).toBe("");
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await field.pressSequentially("by the button");
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator("article[data-seq]", { hasText: "by the button" }).waitFor();
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it("does not send when Enter ends an IME composition", async () => {
    const { page } = await stage.windows.visitor("Ichiro");
    const field = composer(page);
    await field.fill("にほんご");
    await field.dispatchEvent("keydown", { key: "Enter", isComposing: true, bubbles: true });
    await field.dispatchEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true });
    expect(await field.inputValue()).toBe("にほんご");
    await field.press("Enter");
    await page.locator("article[data-seq]", { hasText: "にほんご" }).waitFor();
  });

  it("keeps each conversation's draft across a reload", async () => {
    const { page } = await stage.windows.visitor("Dora");
    await composer(page).fill("not finished yet");
    await page.reload();
    await connected(page);
    expect(await composer(page).inputValue()).toBe("not finished yet");
  });

  it("refuses a text that is too long, and keeps it", async () => {
    const { page } = await stage.windows.visitor("Lola");
    const text = "長".repeat(4001);
    await composer(page).fill(text);
    await composer(page).press("Enter");
    await page.getByText("4001 of at most 4000 characters.").waitFor();
    expect(await composer(page).inputValue()).toBe(text);
  });
});
