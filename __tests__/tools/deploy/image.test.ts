import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
function installed(name: string, { architecture = "arm64", fails = "never", writesSbom = false } = {}): string {
  const path = join(folder, name);
  const script = `#!/bin/sh
if [ "$2" = --help ]; then echo ${writesSbom ? "--sbom-scanner-command" : ""}; exit; fi
echo "$@" >> ${folder}/calls
echo "$1 $REGISTRY_AUTH_FILE" >> ${folder}/credentials
for argument in "$@"; do
  case "$argument" in --sbom-output=*) echo "from the build" > "\${argument#*=}" ;; esac
done
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
const options = { context: "app", tag: "abc123", sign: false };

/** Programs are those of the test; SBOMs go to its folder. */
const surroundings = () => ({ env: { PATH: `${folder}:/usr/bin:/bin` }, sbomFolder: join(folder, "sbom") });
const SBOM_FILE = `crm-sha256-${"d".repeat(64)}.spdx.json`;

/** Writes syft or cosign: it records its arguments and the credentials it finds, and syft writes its file. */
function installedBeside(name: "syft" | "cosign", fails = false): void {
  const script = `#!/bin/sh
echo ${name} "$@" >> ${folder}/calls
echo "$DOCKER_CONFIG" >> ${folder}/docker-config
for argument in "$@"; do
  case "$argument" in spdx-json=*) echo "from syft" > "\${argument#*=}" ;; esac
done
exit ${fails ? 3 : 0}
`;
  writeFileSync(join(folder, name), script, { mode: 0o755 });
}

it.each(TOOLS)("%s builds for the tasks' architecture, signs in and pushes by digest", async (name) => {
  const { context, printed } = contextOf(aws);
  const builder = { kind: name, path: installed(name) };
  expect(await image(context, { ...options, ...surroundings(), builder })).toBe(digestOf("d"));
  const [build, inspect, login, push] = calls();
  expect(build).toMatch(new RegExp(`^build .*--platform linux/arm64 --tag ${REPOSITORY}:abc123 app$`));
  expect(inspect).toContain(`${REPOSITORY}:abc123`);
  expect(login).toBe("login --username AWS --password-stdin 123456789012.dkr.ecr.ap-northeast-1.amazonaws.com");
  expect(push).toMatch(new RegExp(`^push .*${REPOSITORY}:abc123$`));
  expect(printed.at(-1)).toBe(`Pushed: ${REPOSITORY}@${digestOf("d")}`);
});

it("gives the registry's password to standard input only", async () => {
  const { context, printed } = contextOf(aws);
  await image(context, { ...options, ...surroundings(), builder: { kind: "docker", path: installed("docker") } });
  expect(readFileSync(join(folder, "stdin"), "utf8")).toBe(PASSWORD);
  expect([...calls(), ...printed].join("\n")).not.toContain(PASSWORD);
});

it("builds for X86_64 where the tasks are", async () => {
  const { context } = contextOf(aws, { architecture: "X86_64" });
  const builder = { kind: "docker", path: installed("docker", { architecture: "amd64" }) } as const;
  await image(context, { ...options, ...surroundings(), builder });
  expect(calls()[0]).toContain("--platform linux/amd64");
});

it("refuses to push an image of another architecture", async () => {
  const { context } = contextOf(aws);
  const builder = { kind: "podman", path: installed("podman", { architecture: "amd64" }) } as const;
  await expect(image(context, { ...options, ...surroundings(), builder, existing: "crm:local" })).rejects.toThrow(
    "image: expected crm:local to be for ARM64, the architecture of crm-dev's tasks, got X86_64. Build it with --platform, or leave out --existing.",
  );
  expect(calls().map((call) => call.split(" ")[0])).toEqual(["tag", "image"]);
});

it.each(["build", "login", "push"])("shows the end of what the program printed when %s fails", async (fails) => {
  const { context } = contextOf(aws);
  const builder = { kind: "docker", path: installed("docker", { fails }) } as const;
  await expect(image(context, { ...options, ...surroundings(), builder })).rejects.toThrow(
    /: expected docker to succeed, got exit code 3\.\nno space left$/,
  );
});

describe("the SBOM", () => {
  const reference = `${REPOSITORY}@${digestOf("d")}`;
  const push = (
    changes: object,
    kind: (typeof TOOLS)[number] = "docker",
    program: Parameters<typeof installed>[1] = {},
  ) => {
    const { context, printed } = contextOf(aws);
    const builder = { kind, path: installed(kind, program) };
    return { printed, done: image(context, { ...options, ...surroundings(), builder, ...changes }) };
  };

  it.each(TOOLS)("is written by syft when %s has pushed the image, and kept under its digest", async (kind) => {
    installedBeside("syft");
    const { printed, done } = push({}, kind, { writesSbom: true });
    await done;
    expect(readdirSync(join(folder, "sbom"))).toEqual([SBOM_FILE]);
    expect(calls().at(-1)).toMatch(new RegExp(`^syft scan registry:${reference} --output spdx-json=`));
    expect(calls().join("\n")).not.toContain("--sbom");
    expect(printed.slice(-3)).toEqual([
      `SBOM: ${join(folder, "sbom", SBOM_FILE)}`,
      "not signed: --sign signs it with cosign.",
      `Pushed: ${reference}`,
    ]);
  });

  it.each(["podman", "buildah"] as const)("is written by %s where there is no syft", async (kind) => {
    await push({}, kind, { writesSbom: true }).done;
    expect(readFileSync(join(folder, "sbom", SBOM_FILE), "utf8")).toBe("from the build\n");
    expect(calls()[0]).toMatch(/^build --sbom-scanner-image=.* --sbom-output=\S+sbom\.spdx\.json --platform /);
  });

  it.each(TOOLS)("is missing, in words, where neither syft nor %s can write it", async (kind) => {
    const { printed, done } = push({}, kind);
    await done;
    expect(printed).toContain("no SBOM: syft not found on PATH. Get it from https://github.com/anchore/syft.");
    expect(existsSync(join(folder, "sbom"))).toBe(false);
    expect(printed.at(-1)).toBe(`Pushed: ${reference}`);
  });

  it("is signed and attached with --sign", async () => {
    installedBeside("syft");
    installedBeside("cosign");
    const { printed, done } = push({ sign: true });
    await done;
    expect(calls().slice(-2)).toEqual([
      `cosign sign --yes ${reference}`,
      `cosign attest --yes --type spdxjson --predicate ${join(folder, "sbom", SBOM_FILE)} ${reference}`,
    ]);
    expect(printed.at(-2)).toBe(`signed, with its SBOM: ${reference}`);
  });

  it("is kept unsigned, in words, where --sign finds no cosign", async () => {
    installedBeside("syft");
    const { printed, done } = push({ sign: true });
    await done;
    expect(printed.at(-2)).toBe("not signed: cosign not found on PATH. Get it from https://docs.sigstore.dev/cosign.");
  });

  it("says the digest also when it fails, because the tag is taken", async () => {
    installedBeside("syft", true);
    const { printed, done } = push({});
    await expect(done).rejects.toThrow(
      /^syft scan registry:.*: failed with exit code 3; its own messages are above\.$/,
    );
    expect(printed.at(-1)).toBe(`Pushed: ${reference}`);
  });

  it.each(["podman", "buildah"] as const)(
    "is read with the credentials that %s got, which do not stay",
    async (kind) => {
      installedBeside("syft");
      await push({}, kind).done;
      const used = readFileSync(join(folder, "docker-config"), "utf8").trim();
      expect(used).not.toBe("");
      expect(existsSync(used)).toBe(false);
      const files = readFileSync(join(folder, "credentials"), "utf8").trim().split("\n");
      // What the base image is pulled with is the person's own.
      expect(files.find((line) => line.startsWith("build"))).toBe("build ");
      expect(files.filter((line) => /^(login|push)/.test(line))).toEqual([
        `login ${used}/config.json`,
        `push ${used}/config.json`,
      ]);
    },
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
