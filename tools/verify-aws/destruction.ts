import { DescribeRepositoriesCommand } from "@aws-sdk/client-ecr";
import { type AwsClients } from "../aws/clients";
import { destroy } from "../deploy/commands/destroy";
import { type Context } from "../deploy/context";
import { type StackFolder, type TerraformSession } from "../deploy/terraform/session";
import { requireUninterrupted } from "./interruption";

type Terraform = Pick<TerraformSession, "plan" | "showPlan" | "report" | "apply">;

export interface DestructionOptions {
  /** The stack of the environment's own repository, if it has one. */
  readonly registry: StackFolder | undefined;
  readonly terraform: (target: StackFolder) => Promise<Terraform>;
  /** Aborted when somebody stops the destruction: steps that have not begun by then are skipped. */
  readonly interrupted: AbortSignal;
  readonly clientsIn: (region: string) => Pick<AwsClients, "tagging">;
}

/** What becomes of the rest when the destruction is interrupted. */
const REST = "nothing more is destroyed";

/**
 * Destroys a throwaway environment, then the repository with its images, and lists by API what is left. Safe to repeat.
 * @returns whether nothing is left but what stays by design, such as a key in its waiting period
 * @throws InterruptedError when it is interrupted before Terraform begins to destroy
 */
export async function destroyEverything(context: Context, options: DestructionOptions): Promise<boolean> {
  const { target, print } = context;
  const { registry, terraform, clientsIn, interrupted } = options;
  const isGone = await destroy(context, {
    terraform: () => terraform(target),
    // There is nothing but what the checks have written, and the name was made up for this run.
    deleteData: true,
    askName: async () => {
      requireUninterrupted(interrupted, REST);
      return Promise.resolve(target.stack);
    },
    whatStays:
      registry === undefined
        ? "The image repository, which is not of this run, stays."
        : "The image repository of this run follows.",
    clientsIn,
  });
  if (registry === undefined) return isGone;
  const session = await terraform(registry);
  const { exitCode } = await session.plan({ destroy: true });
  requireUninterrupted(interrupted, REST);
  if (exitCode !== 0) await session.apply();
  const [, name = target.repositoryUrl] = /^[^/]+\/(.+)$/.exec(target.repositoryUrl) ?? [];
  const isThere = await hasRepository(context, name);
  print(isThere ? `${name}: AWS still lists the repository.` : `${name}: the repository is destroyed with its images.`);
  return isGone && !isThere;
}

async function hasRepository({ aws }: Context, name: string): Promise<boolean> {
  try {
    await aws.ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [name] }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === "RepositoryNotFoundException") return false;
    throw error;
  }
}
