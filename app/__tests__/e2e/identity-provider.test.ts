import { CLIENT_ID, type IdentityProvider, startIdentityProvider } from "../helpers/identity-provider";
import { connected } from "./actions";
import { ADMIN, AKI } from "./people";
import { TestSite } from "./site";

const SECRET = "the secret of the client at its provider";
const PERSON = { sub: "p1", email: AKI.email.toUpperCase(), email_verified: true, name: "Aki at the provider" };

let provider: IdentityProvider;
let stage: TestSite;

beforeAll(async () => {
  provider = await startIdentityProvider(PERSON);
  stage = await TestSite.open({
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT_ID,
    OIDC_CLIENT_SECRET: SECRET,
  });
});

afterEach(() => stage.windows.close());

afterAll(async () => {
  await stage.close();
  await provider.close();
});

async function signInThroughProvider() {
  const window = await stage.windows.window();
  await window.page.goto("/sign-in");
  await window.page.getByRole("button", { name: "Sign in with your organization" }).click();
  return window;
}

describe("signing in through an identity provider", () => {
  it("opens the account of the verified address", async () => {
    provider.person = PERSON;
    const { page, complaints } = await signInThroughProvider();
    await page.waitForURL("/");
    await connected(page);
    await page.getByText(AKI.name).waitFor();
    expect(complaints).toEqual([]);
  });

  it("refuses an address that the provider has not verified", async () => {
    provider.person = { ...PERSON, email_verified: false };
    const { page } = await signInThroughProvider();
    await page.getByText("Nobody has invited this address yet.").waitFor();
    await page.goto("/");
    await page.waitForURL("/sign-in");
  });

  it("admits people who were invited, and nobody else", async () => {
    provider.person = { sub: "p2", email: "new@example.com", email_verified: true, name: "Nia New" };
    const refused = await signInThroughProvider();
    await refused.page.getByText("Nobody has invited this address yet.").waitFor();

    const admin = await stage.windows.signedIn(ADMIN);
    await admin.page.goto("/admin");
    await admin.page.getByLabel("E-mail address").fill("new@example.com");
    await admin.page.getByRole("button", { name: "Create invitation" }).click();
    await admin.page.getByLabel("Invitation link").waitFor();
    const { page } = await signInThroughProvider();
    await page.waitForURL("/");
    await page.getByText("Nia New").waitFor();
  });

  it("writes neither the client's secret nor the code to the log", () => {
    expect(stage.app.output()).not.toContain(SECRET);
    expect(stage.app.output()).not.toMatch(/[?&]code=/);
  });
});
