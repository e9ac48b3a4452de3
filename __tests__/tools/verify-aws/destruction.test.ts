import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { destroyEverything } from "../../../tools/verify-aws/destruction";
import { contextOf, useCredentials } from "../deploy/fixtures";
import { type Answer, AwsFault, ScriptedAws } from "../deploy/scripted-aws";

useCredentials();

const KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/1";
const VPC = "arn:aws:ec2:ap-northeast-1:123456789012:vpc/vpc-1";
const NO_REPOSITORY = new AwsFault("RepositoryNotFoundException", "none");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "destruction-"));
  writeFileSync(join(folder, "cdk.tf.json"), "{}");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Destruction {
  /** Of the repository's plan. @default 2: there is something to destroy */
  readonly exitCode?: 0 | 2;
  readonly interrupted?: AbortSignal;
  /** Receives the names of the stacks that are applied. */
  readonly applied?: string[];
}

/** Destroys an environment whose state is empty, and its repository. */
async function destroyed(
  left: readonly string[],
  repository: Answer,
  { exitCode = 2, interrupted = new AbortController().signal, applied = [] }: Destruction = {},
) {
  const ResourceTagMappingList = left.map((ResourceARN) => ({ ResourceARN }));
  const aws = await ScriptedAws.start({ GetResources: { ResourceTagMappingList }, DescribeRepositories: repository });
  try {
    const { context, printed } = contextOf(aws, { folder });
    const isGone = await destroyEverything(context, {
      registry: { stack: "crm-dev-registry", folder, region: "ap-northeast-1" },
      terraform: ({ stack }) =>
        Promise.resolve({
          plan: () =>
            Promise.resolve({
              exitCode: stack === "crm-dev" ? 0 : exitCode,
              changes: { add: 0, change: 0, remove: 1 },
            }),
          showPlan: () => Promise.resolve({}),
          report: () => Promise.reject(new Error("not needed")),
          apply: () => {
            applied.push(stack);
            return Promise.resolve();
          },
        }),
      interrupted,
      clientsIn: () => context.aws,
    });
    return { isGone, applied, printed, names: aws.inputs("DescribeRepositories")[0]?.["repositoryNames"] };
  } finally {
    await aws.stop();
  }
}

it("destroys the environment and its repository, and asks AWS whether it has", async () => {
  const { isGone, applied, names } = await destroyed([], NO_REPOSITORY);
  expect(isGone).toBe(true);
  expect(applied).toEqual(["crm-dev-registry"]);
  expect(names).toEqual(["crm"]);
});

it("takes a key in its waiting period for destroyed", async () => {
  expect(await destroyed([KEY], NO_REPOSITORY)).toMatchObject({ isGone: true });
});

it.each([
  ["a resource that nothing explains", [VPC], NO_REPOSITORY],
  ["the repository", [], { repositories: [{ repositoryName: "crm" }] }],
])("says that %s is left", async (_, left, repository) => {
  const { isGone, printed } = await destroyed(left, repository);
  expect(isGone).toBe(false);
  expect(printed.join("\n")).toMatch(/AWS still lists/);
});

it("can be repeated", async () => {
  expect(await destroyed([], NO_REPOSITORY, { exitCode: 0 })).toMatchObject({ isGone: true, applied: [] });
});

it("begins nothing more after the second Ctrl-C, and says that it is not done", async () => {
  const applied: string[] = [];
  const options = { interrupted: AbortSignal.abort(), applied };
  await expect(destroyed([], NO_REPOSITORY, options)).rejects.toThrow("interrupted: nothing more is destroyed.");
  expect(applied).toEqual([]);
});
