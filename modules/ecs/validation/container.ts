import { parseArn } from "../../core/arn";
import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
import { FARGATE_MAX_STOP_TIMEOUT_SEC, STOP_MARGIN_SEC, stopTimeoutSec } from "../../core/drain";
import { isUnresolved } from "../../core/tokens";
import { checkEnvironment } from "./environment";
import { ecrRepositoryArn, isPinned } from "../image";
import { isImageReference } from "../image-reference";
import { FARGATE_MAX_START_TIMEOUT_SEC, MIGRATION_CONTAINER } from "../migration";
import { checkIdentityStatements } from "./policy-statement";
import { checkList } from "./shape";
import { HIGHEST_PORT, LOWEST_PORT } from "../ports";
import { type CompleteTaskProps } from "../defaults";

const PORT_REMEDY = 'Pass the port that the app listens on, such as 3000; kind "worker" has none.';
const USER = /^(?:[0-9]{1,9}|[a-z_][a-z0-9_-]{0,31})(?::(?:[0-9]{1,9}|[a-z_][a-z0-9_-]{0,31}))?$/;
const ROOT = /^(?:0+|root)(?::|$)/;

export function checkContainer(checks: Checks, props: CompleteTaskProps): void {
  checkImage(checks, props);
  checkProcess(checks, props);
  checkDrain(checks, props);
  checkEnvironment(checks, { prefix: "", ...props });
  checkMigration(checks, props);
  checkAccess(checks, props);
}

/**
 * Refuses an image that is malformed, not pinned, or whose repository is unknown.
 * @param prefix put before the names of both props: `sidecars.otel.`
 */
export function checkImage(
  checks: Checks,
  { image, repositoryArn }: Pick<CompleteTaskProps, "image" | "repositoryArn">,
  prefix = "",
): void {
  const prop = `${prefix}image`;
  const remedy = "A rollback needs a name for what ran before: use a digest or an immutable tag.";
  if (!checks.required(prop, image, remedy)) return;
  const legal = typeof image === "string" && (isUnresolved(image) || isImageReference(image));
  checks.require(legal, {
    code: "ecs/image-reference",
    prop,
    expected: "an image reference, such as 123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm:1.0.0",
    got: formatValue(image),
    remedy: "It has neither scheme nor white space, and its path is in lower case.",
  });
  checkEcrHost(checks, prop, image);
  checks.require(!legal || isPinned(image) !== false, {
    code: "ecs/image-not-pinned",
    prop,
    expected: "an image reference with a digest or a tag other than latest",
    got: formatValue(image),
    remedy,
  });
  checks.require(repositoryArn !== undefined || !isUnresolved(image), {
    code: "ecs/repository",
    prop: `${prefix}repositoryArn`,
    expected: "the ARN of the repository when the image is known only at apply",
    got: "nothing",
    remedy: "Pass the repository's arn: tasks may pull from nowhere else.",
  });
  const arnRemedy = "Pass the ARN of the ECR repository, not its URL.";
  checks.arn(`${prefix}repositoryArn`, repositoryArn, ARN_TYPES.repository, arnRemedy);
  const derived = typeof image === "string" ? ecrRepositoryArn(image) : undefined;
  checks.require(!derived || !parseArn(repositoryArn ?? "") || repositoryArn === derived, {
    code: "ecs/repository",
    prop: `${prefix}repositoryArn`,
    expected: `the repository of the image, ${derived}`,
    got: formatValue(repositoryArn),
    remedy: "Leave it out: it is read from the image.",
  });
}

/** Refuses a registry of ECR whose account or region is malformed: no permission to pull could be derived from it. */
function checkEcrHost(checks: Checks, prop: string, image: string): void {
  const ofEcr = !isUnresolved(image) && isImageReference(image) && /^[^/]*\.dkr[.-]ecr\b[^/]*\//.test(image);
  checks.require(!ofEcr || ecrRepositoryArn(image) !== undefined, {
    code: "ecs/image-reference",
    prop,
    expected: "a registry of ECR, <account>.dkr.ecr.<region>.amazonaws.com",
    got: formatValue(image),
    remedy: "Copy the URI of the repository from the ECR console.",
  });
}

function checkProcess(checks: Checks, props: CompleteTaskProps): void {
  const { kind, containerName, containerPort, command, user, migration, healthCheckCommand } = props;
  const nameRemedy = "Alarms, logs and overrides name the container by it.";
  checks.matches(
    "containerName",
    containerName,
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,254}$/,
    "1 to 255 letters, digits, hyphens and underscores",
    nameRemedy,
  );
  checks.require(migration === undefined || containerName !== MIGRATION_CONTAINER, {
    code: "ecs/container-name-taken",
    prop: "containerName",
    expected: "a name of its own",
    got: formatValue(containerName),
    remedy: "The migration's container has this name.",
  });
  const given = kind !== "worker" && checks.required("containerPort", containerPort, PORT_REMEDY);
  if (given) {
    const remedy = "A user who is not root, without capabilities, cannot listen below 1024.";
    checks.integer("containerPort", containerPort, { min: LOWEST_PORT, max: HIGHEST_PORT }, remedy);
  }
  if (command !== undefined) checkCommand(checks, "command", command);
  checkUser(checks, "user", user);
  if (healthCheckCommand !== undefined) checkHealthCheck(checks, "healthCheckCommand", healthCheckCommand);
}

/** Refuses a health check that is not in the form of ECS. */
export function checkHealthCheck(checks: Checks, prop: string, command: readonly string[]): void {
  if (!checkCommand(checks, prop, command)) return;
  const [kind] = command;
  const runs = (command[1] ?? "").trim() !== "";
  // A shell runs the first text only and takes the others for its arguments.
  const whole = runs && (kind === "CMD" || (kind === "CMD-SHELL" && command.length === 2));
  checks.require(whole, {
    code: "ecs/command",
    prop,
    expected: "CMD and words to run, or CMD-SHELL and one line for the shell",
    got: formatValue(command),
    remedy: 'For example ["CMD", "node", "health.js"], or ["CMD-SHELL", "curl -f localhost:3000 || exit 1"].',
  });
}

/** Refuses root, and what is no user. */
export function checkUser(checks: Checks, prop: string, user: string): void {
  const legal = typeof user === "string" && USER.test(user) && !ROOT.test(user);
  checks.require(isUnresolved(user) || legal, {
    code: "ecs/root-user",
    prop,
    expected: "a user, or user:group, that is not root",
    got: formatValue(user),
    remedy: 'Use the numbers that the image is built with, such as "1001:1001".',
  });
}

function checkDrain(checks: Checks, { kind, drainSec, drainSecGiven, loadBalancer, bootSec }: CompleteTaskProps): void {
  checks.require(drainSecGiven || !loadBalancer || kind !== "sockets", {
    code: "ecs/drain-budget",
    prop: "drainSec",
    expected: "the seconds that the app needs from SIGTERM until its last socket is gone",
    got: "nothing",
    remedy:
      'Behind a load balancer every deploy drains: take the figure from the app, or choose kind "http" for requests alone.',
  });
  const max = FARGATE_MAX_STOP_TIMEOUT_SEC - STOP_MARGIN_SEC;
  const fits = !isUnresolved(drainSec) && Number.isInteger(drainSec) && drainSec >= 0 && drainSec <= max;
  const sum = Number.isFinite(drainSec) && !isUnresolved(drainSec);
  checks.require(fits, {
    code: "ecs/drain-budget",
    prop: "drainSec",
    expected: `a literal whole number from 0 to ${max} seconds`,
    got: formatValue(drainSec),
    remedy: sum
      ? `${drainSec} s and ${STOP_MARGIN_SEC} s to exit make ${stopTimeoutSec(drainSec)} s; Fargate kills after ${FARGATE_MAX_STOP_TIMEOUT_SEC} s at most.`
      : "Budgets are computed from it at synth.",
  });
  checkSeconds(checks, "bootSec", bootSec, { min: 1, max: 3600 });
}

function checkMigration(checks: Checks, props: CompleteTaskProps): void {
  const { migration, plainTextReasons } = props;
  if (!migration) return;
  const remedy = 'For example ["node", "migrate.js"].';
  if (checks.required("migration.command", migration.command, remedy)) {
    checkCommand(checks, "migration.command", migration.command);
  }
  const { environment, secrets, timeoutSec } = migration;
  checkEnvironment(checks, { prefix: "migration.", environment, secrets, plainTextReasons });
  checkSeconds(checks, "migration.timeoutSec", timeoutSec, { min: 2, max: FARGATE_MAX_START_TIMEOUT_SEC });
}

function checkAccess(checks: Checks, props: CompleteTaskProps): void {
  checks.arn("kmsKeyArn", props.kmsKeyArn, ARN_TYPES.kmsKey, "Pass the ARN of a KMS key, not its id or alias.");
  if (checkList(checks, "secretKmsKeyArns", props.secretKmsKeyArns)) {
    for (const arn of props.secretKmsKeyArns) {
      checks.arn("secretKmsKeyArns", arn, ARN_TYPES.kmsKey, "Pass ARNs of KMS keys, not ids or aliases.");
    }
  }
  if (checkList(checks, "taskPolicyStatements", props.taskPolicyStatements)) {
    checkIdentityStatements(checks, "taskPolicyStatements", props.taskPolicyStatements);
  }
  checks.literalBoolean("enableExecuteCommand", props.enableExecuteCommand);
}

/** Requires a literal number of seconds in a range, because budgets are computed from it at synth. */
export function checkSeconds(
  checks: Checks,
  prop: string,
  value: number | undefined,
  { min, max }: { min: number; max: number },
): void {
  if (isUnresolved(value)) {
    checks.add({
      code: "core/literal-required",
      prop,
      expected: "a literal",
      got: formatValue(value),
      remedy: "Budgets are computed from it at synth.",
    });
    return;
  }
  const remedy = "It is part of the time that a deploy may take.";
  checks.integer(prop, value, { min, max, unit: "seconds" }, remedy);
}

/** @returns whether it is a list of one or more words */
export function checkCommand(checks: Checks, prop: string, command: readonly string[]): boolean {
  if (!checkList(checks, prop, command)) return false;
  const legal = command.every((part) => typeof part === "string") && (command[0] ?? "").trim() !== "";
  checks.require(legal, {
    code: "ecs/command",
    prop,
    expected: "one or more words, in exec form",
    got: formatValue(command),
    remedy: 'Write each word as a text of its own: ["node", "server.js"].',
  });
  return legal;
}
