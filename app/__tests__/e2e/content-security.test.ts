import { composer, connected, say, take, typeUntilSeen } from "./actions";
import { disordered } from "./disordered";
import { AKI } from "./people";
import { TestSite } from "./site";

let stage: TestSite;

beforeAll(async () => {
  stage = await TestSite.open();
});

afterEach(() => stage.windows.close());
afterAll(() => stage.close());

const RIGHT_TO_LEFT_OVERRIDE = "\u202e";

/** Characters that turn text, open or close such a turn, or are not seen (UAX #9; UAX #44, Default_Ignorable_Code_Point). */
const TURNING = [
  RIGHT_TO_LEFT_OVERRIDE,
  "\u202b", // right-to-left embedding
  "\u2067", // right-to-left isolate
  "\u2069", // end of an isolate
  "\u202c", // end of an embedding
  "\u200f", // right-to-left mark
  "\u05d0", // a Hebrew letter
  "\u200b", // zero width space
  "\u00ad", // soft hyphen
];

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

  describe("that turn or hide text", () => {
    // Refused today; an older one may be in the database.
    const HOSTILE_NAME = `${TURNING.join("")}Eve${TURNING.join("")}`;
    const BODIES = TURNING.map((mark) => `${mark}abc${mark}`);
    const INVISIBLE = "\u200b\u2060\u202e";

    it("are refused as names, and leave everything around them in its place", async () => {
      const sql = (statement: string) => stage.postgres.sql(statement, "messenger_crm");
      const { page: stranger } = await stage.windows.window();
      await stranger.goto("/chat");
      await stranger.getByLabel("Your name").fill(HOSTILE_NAME);
      await stranger.getByRole("button", { name: "Start the chat" }).click();
      await stranger.getByText("That did not work").waitFor();

      const visitor = await stage.windows.visitor("Turned");
      await sql(`update app_user set name = '${HOSTILE_NAME}' where email = '${AKI.email}'`);
      try {
        const agent = await stage.windows.signedIn(AKI);
        await take(agent.page, "Turned");
        await sql(`update visitor set name = '${HOSTILE_NAME}' where name = 'Turned'`);
        for (const { page } of [visitor, agent]) {
          for (const body of [INVISIBLE, ...BODIES]) await say(page, body);
        }
        for (const { page } of [visitor, agent]) {
          await page.reload();
          await connected(page);
          const messages = page.locator("article[data-seq]");
          await messages.nth(2 * BODIES.length - 1).waitFor();
          expect(await messages.count()).toBe(2 * BODIES.length);
          await typeUntilSeen((page === visitor.page ? agent : visitor).page, page);
          expect(await page.locator("bdi", { hasText: "Eve" }).count()).toBeGreaterThan(0);
          expect(await disordered(page)).toEqual([]);
        }
      } finally {
        await sql(`update app_user set name = '${AKI.name}' where email = '${AKI.email}'`);
      }
    });

    it("would be found by this test on a page that lets them", async () => {
      const { page } = await stage.windows.window();
      await page.goto("/sign-in");
      await page.evaluate((name) => {
        const [sentence, element] = [document.createElement("p"), document.createElement("bdi")];
        sentence.append(`${name} wrote this`);
        element.append(name);
        element.style.unicodeBidi = "normal";
        const line = document.createElement("p");
        line.append(element, " is here");
        document.querySelector("main")!.append(sentence, line);
      }, `${RIGHT_TO_LEFT_OVERRIDE}Eve`);
      expect(await disordered(page)).toEqual([
        expect.stringMatching(/^runs backwards: .* wrote this$/),
        expect.stringMatching(/^runs backwards: {2}is here$/),
        expect.stringMatching(/^stands before the name .*: {2}is here$/),
      ]);
    });
  });
});

describe("towers of combining marks", () => {
  const TOWER = `A${"\u0300\u0489\u20e0".repeat(60)}`;

  it("stay with their own text wherever it is shown: they would cover the lines above and below", async () => {
    const [visitor, agent] = [await stage.windows.visitor("Marks"), await stage.windows.signedIn(AKI)];
    await take(agent.page, "Marks");
    for (const { page } of [visitor, agent]) await say(page, TOWER);
    for (const { page } of [visitor, agent]) {
      await page.locator("article[data-seq]").nth(1).waitFor();
      const shown = page.locator("bdi, article p");
      expect(await shown.count()).toBeGreaterThan(3);
      // Whether marks pile up depends on the fonts of a machine, so the clipping itself is read.
      const unclipped = shown.evaluateAll((all) =>
        all.filter((element) => getComputedStyle(element).clipPath === "none").map(({ outerHTML }) => outerHTML),
      );
      expect(await unclipped).toEqual([]);
    }
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
