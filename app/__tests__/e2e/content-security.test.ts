import { composer, say, take } from "./actions";
import { AKI } from "./people";
import { TestSite } from "./site";

let stage: TestSite;

beforeAll(async () => {
  stage = await TestSite.open();
});

afterEach(() => stage.windows.close());
afterAll(() => stage.close());

const RIGHT_TO_LEFT_OVERRIDE = "\u202e";

/** Texts that try to make the page execute something. */
const PAYLOADS = [
  `<img src=x onerror="alert('img')">`,
  `<script>alert('script')</script>`,
  `"><svg onload=alert('svg')>`,
  "javascript:alert('link')",
  `<a href="javascript:alert('a')">click</a>`,
  `<iframe srcdoc="<script>parent.alert('frame')</script>"></iframe>`,
  `<math><mtext><style><img src=x onerror=alert('math')></style></mtext></math>`,
  "{{constructor.constructor('alert(1)')()}}",
  `${RIGHT_TO_LEFT_OVERRIDE}gnp.exe`,
  "&lt;b&gt;not an entity&lt;/b&gt;",
  "<!--",
];

describe("messages and names", () => {
  it("are shown as written, and execute nothing", async () => {
    const name = `<img src=x onerror=alert('name')> Eve`;
    const [visitor, agent] = [await stage.windows.visitor(name), await stage.windows.signedIn(AKI)];
    await take(agent.page, name);
    for (const payload of PAYLOADS) {
      await say(visitor.page, payload);
      await visitor.page.locator("article[data-seq]").nth(PAYLOADS.indexOf(payload)).waitFor();
    }
    for (const { page } of [visitor, agent]) {
      await page
        .locator("article[data-seq]")
        .nth(PAYLOADS.length - 1)
        .waitFor();
      expect(await page.locator("article[data-seq] p").allTextContents()).toEqual(PAYLOADS);
      // No part of a message becomes an element.
      expect(await page.locator("article p *, article bdi *").count()).toBe(0);
      expect(await page.locator("main img, main svg, main iframe, main a").count()).toBe(0);
    }
    await agent.page.reload();
    await agent.page
      .locator("article[data-seq]")
      .nth(PAYLOADS.length - 1)
      .waitFor();
    expect([...visitor.complaints, ...agent.complaints]).toEqual([]);
  });

  it("cannot change the text direction around them", async () => {
    const { page } = await stage.windows.visitor("Rtl");
    await say(page, `${RIGHT_TO_LEFT_OVERRIDE}abc`);
    const body = page.locator("article[data-seq] p");
    await body.waitFor();
    expect(await body.evaluate((element) => getComputedStyle(element).unicodeBidi)).toMatch(/isolate|plaintext/);
  });
});

describe("the content security policy of a page", () => {
  it.each(["/sign-in", "/chat", "/invitation", "/", "/nothing-here"])("allows nothing inline on %s", async (path) => {
    const { page, complaints } = await stage.windows.window();
    const response = await page.goto(path);
    const policy = (await response?.headerValue("content-security-policy")) ?? "";
    expect(policy).toMatch(/script-src 'nonce-[\w+/=]{20,}' 'strict-dynamic';/);
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval/);
    // None of our own pages violates its policy.
    await page.waitForLoadState("networkidle");
    expect(complaints).toEqual([]);
    // Scripts set styles through the style object, which the policy allows.
    expect(await response?.text()).not.toMatch(/<[^>]+\sstyle=/);
  });

  it("has a new nonce in each response", async () => {
    const nonces = await Promise.all(
      [1, 2, 3].map(async () => {
        const response = await fetch(`${stage.url}/sign-in`);
        return /'nonce-([^']+)'/.exec(response.headers.get("content-security-policy") ?? "")?.[1];
      }),
    );
    expect(new Set(nonces).size).toBe(3);
  });

  it("stops a script that was injected into the page anyway", async () => {
    const { page, complaints } = await stage.windows.visitor("Sam");
    await page.evaluate(() => {
      const image = document.createElement("div");
      image.innerHTML = `<img src="x" onerror="document.title = 'taken over'">`;
      document.body.append(image);
    });
    await composer(page).fill("the page goes on");
    await page.waitForFunction(() => document.querySelector("img")?.complete);
    expect(await page.title()).not.toBe("taken over");
    expect(complaints.some((complaint) => complaint.includes("Content Security Policy"))).toBe(true);
  });

  it("is sent with the other security headers", async () => {
    const { headers } = await fetch(`${stage.url}/sign-in`);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("strict-transport-security")).toMatch(/^max-age=\d{8,}/);
    expect(headers.get("x-powered-by")).toBeNull();
  });
});

describe("cookies", () => {
  it("cannot be read by scripts or sent by other sites", async () => {
    const [agent, visitor] = [await stage.windows.signedIn(AKI), await stage.windows.visitor("Coco")];
    const cookies = [...(await agent.context.cookies()), ...(await visitor.context.cookies())];
    expect(cookies.length).toBeGreaterThan(2);
    expect(cookies.filter(({ httpOnly, sameSite }) => !httpOnly || sameSite === "None")).toEqual([]);
  });
});
