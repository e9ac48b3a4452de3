import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imageTarget } from "../../../tools/ci/image/image-target";
import { sourceTag } from "../../../tools/ci/image/source-tag";

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "image-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("where the image goes", () => {
  const REGISTRY = {
    provider: { aws: [{ region: "ap-northeast-1", allowed_account_ids: ["123456789012"] }] },
    resource: { aws_ecr_repository: { one: { name: "crm" } } },
  };
  const tasks = (...architectures: readonly (string | undefined)[]) => ({
    resource: {
      aws_ecs_task_definition: Object.fromEntries(
        architectures.map((one, index) => [
          `t${index}`,
          one === undefined ? {} : { runtime_platform: { cpu_architecture: one } },
        ]),
      ),
    },
  });

  function target(...stacks: readonly object[]) {
    stacks.forEach((stack, index) => {
      const path = join(folder, "stacks", `crm-${index}`);
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, "cdk.tf.json"), JSON.stringify(stack));
    });
    return imageTarget(folder);
  }

  it("is the repository of the stacks, for the architecture of their tasks", () => {
    expect(target(REGISTRY, tasks("ARM64"), tasks("ARM64"))).toEqual({
      accountId: "123456789012",
      region: "ap-northeast-1",
      repositoryName: "crm",
      repositoryUrl: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm",
      platform: "linux/arm64",
    });
  });

  it("is for x86 where a task definition does not say", () => {
    expect(target(REGISTRY, tasks(undefined)).platform).toBe("linux/amd64");
  });

  it("is not known with two repositories or none, two architectures or none", () => {
    expect(() => target(tasks("ARM64"))).toThrow(
      "expected one image repository in all stacks, with account and region, got 0.",
    );
    expect(() => target(REGISTRY, REGISTRY, tasks("ARM64"))).toThrow("got 2.");
    expect(() => target(REGISTRY, tasks("ARM64"), tasks("X86_64"))).toThrow(
      "got ARM64 and X86_64. One image has to run in every environment.",
    );
  });

  it("is not known without tasks", () => {
    expect(() => target(REGISTRY)).toThrow(
      "expected task definitions of one architecture (ARM64 or X86_64), got none.",
    );
  });
});

describe("the tag", () => {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null" };
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
      cwd: folder,
      env,
      encoding: "utf8",
    });
  const commit = (file: string, text: string) => {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), text);
    git("add", "-A");
    git("commit", "-qm", file);
  };
  const tag = () => sourceTag("app", { ...env, GIT_DIR: join(folder, ".git"), GIT_WORK_TREE: folder });

  beforeEach(() => {
    git("init", "-q");
    commit("app/server.ts", "one");
  });

  it("follows the folder's content, and nothing else", async () => {
    const first = await tag();
    expect(first).toMatch(/^app-[0-9a-f]{20}$/);
    commit("docs/page.md", "text");
    expect(await tag()).toBe(first);
    commit("app/server.ts", "two");
    expect(await tag()).not.toBe(first);
    commit("app/server.ts", "one");
    expect(await tag()).toBe(first);
  });

  it("is refused for files that are not committed", async () => {
    writeFileSync(join(folder, "app/server.ts"), "changed");
    await expect(tag()).rejects.toThrow(/^app: expected committed files only, got changes:\nM app\/server\.ts/);
  });
});
