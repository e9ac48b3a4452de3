import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listStacks, STACK_FILE, stackFolder } from "../../terraform/stacks";
import { CiError } from "../errors";

/** Where the application's image goes, and which tasks run it. */
export interface ImageTarget {
  readonly accountId: string;
  readonly region: string;
  readonly repositoryName: string;
  /** Without a tag. */
  readonly repositoryUrl: string;
  /** Such as `linux/arm64`. */
  readonly platform: string;
}

interface StackJson {
  readonly provider?: {
    readonly aws?: readonly { readonly region?: string; readonly allowed_account_ids?: readonly string[] }[];
  };
  readonly resource?: {
    readonly aws_ecr_repository?: Readonly<Record<string, { readonly name?: string }>>;
    readonly aws_ecs_task_definition?: Readonly<
      Record<string, { readonly runtime_platform?: { readonly cpu_architecture?: string } }>
    >;
  };
}

/** ECS's names of architectures, as container tools call them. Source: ECS API, RuntimePlatform; OCI image configuration. */
const PLATFORMS: Readonly<Record<string, string>> = { ARM64: "linux/arm64", X86_64: "linux/amd64" };

/**
 * Reads from the synthesized stacks where the image goes and for which architecture it has to be built.
 * @throws CiError when there is not one repository, or when tasks differ in their architecture
 */
export function imageTarget(out: string): ImageTarget {
  const stacks = listStacks(out).map((name) => readStack(out, name));
  const repositories = stacks.flatMap(({ provider, resource }) =>
    Object.values(resource?.aws_ecr_repository ?? {}).map(({ name }) => ({ name, aws: provider?.aws?.[0] })),
  );
  const [repository, ...others] = repositories;
  const { name, aws } = repository ?? {};
  const accountId = aws?.allowed_account_ids?.[0];
  if (name === undefined || aws?.region === undefined || accountId === undefined || others.length > 0) {
    throw new CiError(
      `${out}: expected one image repository in all stacks, with account and region, got ${repositories.length}.`,
    );
  }
  const { region } = aws;
  const repositoryUrl = `${accountId}.dkr.ecr.${region}.amazonaws.com/${name}`;
  return { accountId, region, repositoryName: name, repositoryUrl, platform: platformOf(stacks, out) };
}

function platformOf(stacks: readonly StackJson[], out: string): string {
  const tasks = stacks.flatMap(({ resource }) => Object.values(resource?.aws_ecs_task_definition ?? {}));
  // What ECS takes when a task definition names none.
  const architectures = new Set(tasks.map((task) => task.runtime_platform?.cpu_architecture ?? "X86_64"));
  const [architecture = "", ...others] = architectures;
  const platform = PLATFORMS[architecture];
  if (platform !== undefined && others.length === 0) return platform;
  throw new CiError(
    `${out}: expected task definitions of one architecture (${Object.keys(PLATFORMS).join(" or ")}), got ${[...architectures].join(" and ") || "none"}. One image has to run in every environment.`,
  );
}

function readStack(out: string, name: string): StackJson {
  return JSON.parse(readFileSync(join(stackFolder(out, name), STACK_FILE), "utf8")) as StackJson;
}
