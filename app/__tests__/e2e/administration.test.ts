import { composer, connected, say, signIn, take } from "./actions";
import { ADMIN, AKI, BEN, PASSWORD } from "./people";
import { TestSite } from "./site";

let stage: TestSite;

beforeAll(async () => {
  stage = await TestSite.open();
});

afterEach(() => stage.windows.close());
afterAll(() => stage.close());

describe("administration", () => {
  it("invites a person, who creates an account through the link and signs in", async () => {
    const admin = await stage.windows.signedIn(ADMIN);
    await admin.page.goto("/admin");
    await admin.page.getByLabel("E-mail address").fill("new@example.com");
    await admin.page.getByRole("button", { name: "Create invitation" }).click();
    const link = await admin.page.getByLabel("Invitation link").inputValue();

    const guest = await stage.windows.window();
    await guest.page.goto(link);
    await guest.page.getByLabel("Your name").fill("Nia New");
    await guest.page.getByLabel("New password").fill(PASSWORD);
    await guest.page.getByRole("button", { name: "Create account" }).click();
    await guest.page.getByRole("link", { name: "Sign in" }).click();
    await guest.page.waitForURL("/sign-in");
    await signIn(guest.page, "new@example.com", PASSWORD);
    await guest.page.waitForURL("/");
    await connected(guest.page);

    const second = await stage.windows.window();
    await second.page.goto(link);
    await second.page.getByLabel("Your name").fill("Mallory");
    await second.page.getByLabel("New password").fill(PASSWORD);
    await second.page.getByRole("button", { name: "Create account" }).click();
    await second.page.getByText("This invitation is not valid any more.").waitFor();
    await admin.page.reload();
    await admin.page.getByRole("rowheader", { name: "Nia New" }).waitFor();
    expect(await admin.page.content()).not.toContain("Mallory");
  });

  it("signs a user out as soon as the account is disabled, and refuses sign-in until it is enabled", async () => {
    const [admin, ben] = [await stage.windows.signedIn(ADMIN), await stage.windows.signedIn(BEN)];
    await connected(ben.page);
    await admin.page.goto("/admin");
    await admin.page.getByRole("button", { name: "Disable Ben" }).click();
    await admin.page.getByRole("dialog").getByRole("button", { name: "Disable", exact: true }).click();
    await ben.page.waitForURL(/sign-in\?ended=disabled/);
    await ben.page.getByText("Your account has been disabled.").waitFor();
    await signIn(ben.page, BEN.email, PASSWORD);
    await ben.page.getByText("The e-mail address or the password is not right.").waitFor();

    await admin.page.getByRole("button", { name: "Enable Ben" }).click();
    await admin.page.getByRole("button", { name: "Disable Ben" }).waitFor();
    await signIn(ben.page, BEN.email, PASSWORD);
    await ben.page.waitForURL("/");
  });
});

describe("disabling an agent", () => {
  it("returns his customers to the queue, or hands them over, with a note; an admin sees everybody's", async () => {
    const [admin, aki, ben] = [
      await stage.windows.signedIn(ADMIN),
      await stage.windows.signedIn(AKI),
      await stage.windows.signedIn(BEN),
    ];
    const visitor = await stage.windows.visitor("Stella");
    await say(visitor.page, "please help");
    await take(ben.page, "Stella");
    await admin.page.getByText("All other conversations").click();
    await admin.page.getByRole("button", { name: /Stella.*please help.*Ben/s }).click();
    await admin.page.locator("article", { hasText: "please help" }).waitFor();
    await admin.page.goto("/admin");

    const disable = async (choice: string) => {
      await admin.page.getByRole("button", { name: "Disable Ben" }).click();
      await admin.page.getByLabel("Conversations").selectOption({ label: choice });
      await admin.page.getByRole("dialog").getByRole("button", { name: "Disable", exact: true }).click();
      await admin.page.getByRole("button", { name: "Enable Ben" }).click();
      await admin.page.getByRole("button", { name: "Disable Ben" }).waitFor();
    };
    await disable("Return them to the queue");
    const queue = aki.page.locator('section[aria-labelledby="queue-title"]');
    await queue.getByText(/Ada.* disabled the account of .*Ben/).waitFor();
    await signIn(ben.page, BEN.email, PASSWORD);
    await take(ben.page, "Stella");
    await ben.page.getByText(/Ada.* disabled the account of .*Ben/).waitFor();

    await disable(`Hand them over to ${AKI.name}`);
    await aki.page.getByRole("button", { name: /Stella/ }).click();
    await aki.page.getByText(/handed the conversation over to .*Aki/).waitFor();
    await say(aki.page, "I am here now");
    await visitor.page.getByText("I am here now").waitFor();
    expect(await visitor.page.getByText("disabled the account").count()).toBe(0);
  });
});

describe("signing out", () => {
  it("ends the session in every window of the browser, and invalidates its cookie", async () => {
    const first = await stage.windows.signedIn(AKI);
    const other = await stage.windows.signedIn(AKI);
    const second = await stage.windows.tab(first.context);
    await second.page.goto("/");
    await connected(second.page);
    await connected(other.page);
    const stolen = await first.context.cookies();
    await first.page.getByRole("button", { name: "Sign out" }).click();
    await first.page.waitForURL(/sign-in/);
    await second.page.waitForURL(/sign-in\?ended=/);

    const thief = await stage.windows.window();
    await thief.context.addCookies(stolen);
    const ticket = await thief.context.request.post("/api/tickets", { data: {}, headers: { origin: stage.url } });
    expect(ticket.status()).toBe(401);
    await thief.page.goto("/");
    await thief.page.waitForURL(/sign-in\?ended=expired/);
    // Another session of the same person continues.
    expect(await other.page.locator('[data-connection="online"]').count()).toBe(1);
    expect(await composer(other.page).count()).toBe(0);
  });
});
