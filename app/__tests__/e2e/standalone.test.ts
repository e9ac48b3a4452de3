import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type AppProcess } from "../helpers/app-process";
import { builtImage } from "../helpers/image-copy";
import { connected } from "./actions";
import { AKI } from "./people";
import { TestSite } from "./site";

/** Largest allowed size of the folder, in bytes. Next needs half of it; sharp alone would take the other half. */
const MOST_BYTES = 40 * 1024 * 1024;

let stage: TestSite;
let app: AppProcess;

beforeAll(async () => {
  stage = await TestSite.open();
  app = stage.app;
});

afterAll(() => stage.close());

function sizeOf(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

async function status(path: string): Promise<number> {
  return (await fetch(app.url + path, { redirect: "manual" })).status;
}

it("greets nobody whose session has ended, although the browser still has its cookie", async () => {
  const { page } = await stage.windows.signedIn(AKI);
  await connected(page);
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const read = async (path: string) => {
    const answer = await fetch(app.url + path, { headers: { cookie }, redirect: "manual" });
    return { status: answer.status, location: answer.headers.get("location"), text: await answer.text() };
  };
  expect((await read("/")).text).toContain(AKI.name);
  const ended = await fetch(`${app.url}/api/session`, { method: "DELETE", headers: { cookie, origin: app.url } });
  expect(ended.status).toBe(200);
  const { status: after, location, text } = await read("/");
  expect(location).toBe("/sign-in?ended=expired");
  expect(after).toBe(307);
  expect(text).not.toContain(AKI.name);
  expect((await read("/api/auth/session")).text).toBe("{}");
});

/** Next's standalone output works with our own server through a private variable of Next; this notices an upgrade that breaks it. */
describe("the content of the container, outside the repository", () => {
  it("serves pages, their files, next-auth, REST and health", async () => {
    expect(await status("/api/health")).toBe(200);
    expect(await status("/")).toBe(307);
    expect(await status("/robots.txt")).toBe(200);
    expect(await status("/nothing-here")).toBe(404);
    expect(await status("/api/nothing-here")).toBe(404);
    expect(await (await fetch(`${app.url}/api/auth/providers`)).json()).toHaveProperty("credentials");
    const page = await (await fetch(`${app.url}/sign-in`)).text();
    const files = [...page.matchAll(/(?:src|href)="(\/_next\/[^"]+)"/g)].map(([, path]) => path!);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const answer = await fetch(app.url + file);
      expect([file, answer.status]).toEqual([file, 200]);
      expect(answer.headers.get("cache-control")).toContain("immutable");
    }
  });

  it("renders its pages in a browser without errors, and connects", async () => {
    const { page, complaints } = await stage.windows.signedIn(AKI);
    await connected(page);
    expect(complaints).toEqual([]);
  });

  it("is small, and contains neither the development database nor secrets", () => {
    const image = builtImage();
    expect(sizeOf(image)).toBeLessThan(MOST_BYTES);
    expect(readdirSync(join(image, "node_modules"))).not.toContain("@electric-sql");
    expect(readdirSync(image)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^\.(env|data)/)]));
    expect(readFileSync(join(image, "server.js"), "utf8")).not.toContain("correct horse");
  });

  it("exits with 0 on SIGTERM", async () => {
    expect(await app.stop()).toEqual({ code: 0, signal: null });
  });
});
