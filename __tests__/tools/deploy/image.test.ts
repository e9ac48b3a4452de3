import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { image } from "../../../tools/deploy/commands/image";
import { findBuilder } from "../../../tools/deploy/image/builder";
import { contextOf, digestOf, REPOSITORY, useCredentials } from "./fixtures";
import { ScriptedAws } from "./scripted-aws";

useCredentials();

const PASSWORD = "s3cret-of-the-registry";
const TOOLS = ["docker", "podman", "buildah"] as const;

let folder: string;
let aws: ScriptedAws;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "image-tool-"));
  const authorizationToken = Buffer.from(`AWS:${PASSWORD}`).toString("base64");
  aws = await ScriptedAws.start({ GetAuthorizationToken: { authorizationData: [{ authorizationToken }] } });
});
afterEach(async () => {
  await aws.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Writes a program that records how it is called, and answers like the real one. */
function installed(name: string, { architecture = "arm64", fails = "never" } = {}): string {
  const path = join(folder, name);
  const script = `#!/bin/sh
echo "$@" >> ${folder}/calls
case "$1" in
  ${fails}) echo "no space left" >&2; exit 3 ;;
  inspect|image) echo ${architecture} ;;
  login) cat > ${folder}/stdin ;;
  push)
    if [ "$2" = --digestfile ]; then printf %s ${digestOf("d")} > "$3"; else echo "0.1.0: digest: ${digestOf("d")} size: 1234"; fi ;;
esac
`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  return path;
}

const calls = () => readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
const options = { context: "app", tag: "abc123" };

it.each(TOOLS)("%s builds for the tasks' architecture, signs in and pushes by digest", async (name) => {
  const { context, printed } = contextOf(aws);
  const builder = { kind: name, path: installed(name) };
  expect(await image(context, { ...options, builder })).toBe(digestOf("d"));
  const [build, inspect, login, push] = calls();
  expect(build).toMatch(new RegExp(`^build .*--platform linux/arm64 --tag ${REPOSITORY}:abc123 app$`));
  expect(inspect).toContain(`${REPOSITORY}:abc123`);
  expect(login).toBe("login --username AWS --password-stdin 123456789012.dkr.ecr.ap-northeast-1.amazonaws.com");
  expect(push).toMatch(new RegExp(`^push .*${REPOSITORY}:abc123$`));
  expect(printed.at(-1)).toBe(`Pushed: ${REPOSITORY}@${digestOf("d")}`);
});

it("gives the registry's password to standard input only", async () => {
  const { context, printed } = contextOf(aws);
  await image(context, { ...options, builder: { kind: "docker", path: installed("docker") } });
  expect(readFileSync(join(folder, "stdin"), "utf8")).toBe(PASSWORD);
  expect([...calls(), ...printed].join("\n")).not.toContain(PASSWORD);
});

it("builds for X86_64 where the tasks are", async () => {
  const { context } = contextOf(aws, { architecture: "X86_64" });
  const builder = { kind: "docker", path: installed("docker", { architecture: "amd64" }) } as const;
  await image(context, { ...options, builder });
  expect(calls()[0]).toContain("--platform linux/amd64");
});

it("refuses to push an image of another architecture", async () => {
  const { context } = contextOf(aws);
  const builder = { kind: "podman", path: installed("podman", { architecture: "amd64" }) } as const;
  await expect(image(context, { ...options, builder, existing: "crm:local" })).rejects.toThrow(
    "image: expected crm:local to be for ARM64, the architecture of crm-dev's tasks, got X86_64. Build it with --platform, or leave out --existing.",
  );
  expect(calls().map((call) => call.split(" ")[0])).toEqual(["tag", "image"]);
});

it.each(["build", "login", "push"])("shows the end of what the program printed when %s fails", async (fails) => {
  const { context } = contextOf(aws);
  const builder = { kind: "docker", path: installed("docker", { fails }) } as const;
  await expect(image(context, { ...options, builder })).rejects.toThrow(
    /: expected docker to succeed, got exit code 3\.\nno space left$/,
  );
});

describe("the program", () => {
  it("is the first of docker, podman and buildah on PATH", () => {
    installed("buildah");
    expect(findBuilder({ PATH: folder })).toEqual({ kind: "buildah", path: join(folder, "buildah") });
    installed("podman");
    expect(findBuilder({ PATH: folder }).kind).toBe("podman");
    installed("docker");
    expect(findBuilder({ PATH: folder }).kind).toBe("docker");
  });

  it("is the one that IMAGE_BUILDER names", () => {
    installed("docker");
    const path = installed("buildah");
    expect(findBuilder({ PATH: folder, IMAGE_BUILDER: path })).toEqual({ kind: "buildah", path });
  });

  it.each([
    [{}, "PATH has no podman"],
    [{ IMAGE_BUILDER: "/usr/bin/kaniko" }, "IMAGE_BUILDER=/usr/bin/kaniko is none of them"],
  ])("is asked for when there is none, with %j", (env, text) => {
    expect(() => findBuilder({ PATH: folder, ...env })).toThrow(text);
    expect(() => findBuilder({ PATH: folder, ...env })).toThrow("docker, podman or buildah");
  });
});
