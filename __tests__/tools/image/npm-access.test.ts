import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { npmAccess } from "../../../tools/image/npm-access";

let folder: string;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "npm-home-"));
  env = {
    PATH: process.env["PATH"],
    HOME: folder,
    NPM_CONFIG_USERCONFIG: join(folder, "npmrc"),
    NPM_CONFIG_GLOBALCONFIG: join(folder, "globalnpmrc"),
  };
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

it("copies the settings for reaching a registry, and nothing else of npm's configuration", async () => {
  const ca = write("ca.pem", "certificates");
  write(
    "npmrc",
    "registry=https://registry.example.com/\n//registry.example.com/:_authToken=token\ninit-author-name=me\n",
  );
  write("globalnpmrc", `cafile=${ca}\n`);
  const access = await npmAccess(env);
  try {
    const [[npmrc, at], certificates] = access.mounts as [[string, string], [string, string]];
    expect(at).toBe("/root/.npmrc");
    expect(certificates[0]).toBe(ca);
    const lines = readFileSync(npmrc, "utf8").trim().split("\n");
    expect(lines).toContain("registry=https://registry.example.com/");
    expect(lines).toContain("//registry.example.com/:_authToken=token");
    expect(lines).toContain(`cafile=${certificates[1]}`);
    expect(lines.join()).not.toContain("init-author");
    expect(statSync(npmrc).mode & 0o077).toBe(0);
  } finally {
    access.remove();
  }
});

it("takes certificates from the environment when npm's configuration has none", async () => {
  const ca = write("extra.pem", "certificates");
  const access = await npmAccess({ ...env, NODE_EXTRA_CA_CERTS: ca });
  expect(access.mounts[1]?.[0]).toBe(ca);
  access.remove();
});

it("mounts no certificates when there are none, and removes its files", async () => {
  const access = await npmAccess({ ...env, NODE_EXTRA_CA_CERTS: join(folder, "no-such.pem") });
  expect(access.mounts.map(([, at]) => at)).toEqual(["/root/.npmrc"]);
  const [[file]] = access.mounts as [[string, string]];
  access.remove();
  expect(existsSync(file)).toBe(false);
});
