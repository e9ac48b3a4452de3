import { DescribeTaskDefinitionCommand, type Service, type Task } from "@aws-sdk/client-ecs";
import { awsErrorInWords } from "../../aws/errors";
import { type Context } from "../context";
import { DeployError } from "../errors";
import { explain } from "../failure/explain";
import { stoppedTask } from "../failure/stopped-task";
import { deregister, migrationContainer, type MigrationDefinition, registerMigration } from "../migration/definition";
import { followTask } from "../migration/follow";
import { runningMigrations, startMigration, taskIdOf } from "../migration/run";
import { findImage } from "../release/find-image";
import { imageOf, readRemembered } from "../release/remembered-image";
import { describeService } from "../service/read-service";

export interface MigrateOptions {
  /** Digest or tag whose migrations run. @default the image that Terraform's next plan runs */
  readonly image?: string | undefined;
  /** Ends the following, as Ctrl-C does; the migration goes on. */
  readonly signal: AbortSignal;
}

/** sysexits.h, EX_CONFIG: the migration refuses its configuration. */
const REFUSED_CONFIGURATION = 78;

/**
 * Runs the migration alone, as a task of its own beside the service, whose tasks and connections stay as they are. Safe to repeat: a
 * migration that has nothing to do changes nothing.
 * @returns whether it was done
 * @throws DeployError when the migration fails, with its exit code and ECS's reason
 */
export async function migrate(context: Context, { image: given, signal }: MigrateOptions): Promise<boolean> {
  const { aws, target, print, confirm } = context;
  const service = await describeService(aws, target);
  const definition = await definitionFor(context, service, given);
  await describe(context, service, definition);
  if (!(await confirm("Run the migration?"))) {
    print("Nothing was changed.");
    return false;
  }
  const registered = await registerMigration(aws.ecs, target, definition);
  try {
    const taskArn = await startMigration(aws.ecs, target, registered, service);
    const task = await followTask(context, { taskArn, container: definition.container, signal });
    if (task === undefined) throw new DeployError(interrupted(context, definition, taskArn));
    requireSuccess(context, definition, task);
  } finally {
    await forget(context, registered);
  }
  print(`${target.stack}: the database has every migration of ${definition.image}.`);
  return true;
}

/** A task definition that stays does no harm, and must not hide why the migration failed. */
async function forget({ aws, print }: Context, taskDefinition: string): Promise<void> {
  await deregister(aws.ecs, taskDefinition).catch((error: unknown) => {
    print(`  ${taskDefinition} stays: ${(awsErrorInWords(error) as Error).message}`);
  });
}

async function definitionFor(
  { aws, target }: Context,
  service: Service,
  given: string | undefined,
): Promise<MigrationDefinition> {
  const query = new DescribeTaskDefinitionCommand({ taskDefinition: service.taskDefinition, include: ["TAGS"] });
  const { taskDefinition = {}, tags = [] } = await aws.ecs.send(query);
  const container = migrationContainer(target, taskDefinition);
  const remembered = async () =>
    target.imageParameter === undefined ? container.image! : imageOf(target, await readRemembered(aws.ssm, target));
  const image =
    given === undefined ? await remembered() : `${target.repositoryUrl}@${await findImage(aws.ecr, target, given)}`;
  return { service: taskDefinition, container, image, tags };
}

async function describe(context: Context, service: Service, { container, image }: MigrationDefinition): Promise<void> {
  const { aws, target, print } = context;
  print(`Migrate ${target.stack} (account ${target.accountId}, ${target.region}) alone, as a task of its own`);
  print(`  image    ${image}`);
  print(`  command  ${(container.command ?? []).join(" ") || "that of the image"}`);
  print("  The service, its tasks and its connections stay as they are.");
  for (const { id, since } of await runningMigrations(aws.ecs, target)) {
    const when = since === undefined ? "" : `, since ${since.toISOString()}`;
    print(
      `  Another migration runs (task ${id}${when}). Only one at a time changes the database: this one waits for its lock, and fails without a change when that takes too long.`,
    );
  }
  if ((service.deployments ?? []).length > 1) {
    print("  A deployment is in progress, whose tasks migrate as well: whichever comes second waits for the other.");
  }
}

function interrupted({ target }: Context, { container }: MigrationDefinition, taskArn: string): string {
  const id = taskIdOf(taskArn);
  return `interrupted: the migration goes on, as task ${id}. Its log: make logs ENV=${target.stack} ARGS="--container ${container.name} --follow". Its end: aws ecs wait tasks-stopped --cluster ${target.clusterName} --tasks ${id}`;
}

function requireSuccess({ target }: Context, { container }: MigrationDefinition, task: Task): void {
  const stopped = stoppedTask(task);
  const exitCode = stopped.containers.find(({ name }) => name === container.name)?.exitCode;
  if (exitCode === 0) return;
  const ecs = [stopped.reason, ...stopped.containers.map(({ reason }) => reason)].filter((text) => text !== "");
  const words = [...new Set(ecs)].map((text) => `\n  ECS: ${text}`).join("");
  if (exitCode === undefined) {
    const { what, remedy } = explain(stopped);
    throw new DeployError(
      `${target.stack}: expected the migration to run, but it never started. ${what} ${remedy}${words}`,
    );
  }
  const meaning = exitCode === REFUSED_CONFIGURATION ? " (it refuses a setting, which its log names)" : "";
  throw new DeployError(
    `${target.stack}: expected the migration to end with exit code 0, got ${exitCode}${meaning}. Its transaction was rolled back; its log is above. Correct it, and run it again.${words}`,
  );
}
