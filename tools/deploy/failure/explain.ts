import { type StoppedContainer, type StoppedTask } from "./stopped-task";

/** Why a task stopped, for a person: what happened and what to do. */
export interface Explanation {
  readonly what: string;
  readonly remedy: string;
  /** The container whose log has more; missing when none ran. */
  readonly container?: string | undefined;
}

interface Rule {
  readonly pattern: RegExp;
  readonly what: string;
  readonly remedy: string;
}

/**
 * ECS's messages in words, the special ones first. Sources: ECS developer guide, "Amazon ECS stopped tasks error messages",
 * "CannotPullContainer task errors" and "Troubleshoot ResourceInitializationError".
 */
const RULES: readonly Rule[] = [
  {
    pattern:
      /CannotPullContainer.*(descriptor matching platform|no match(ing manifest)? for platform|no matching manifest)/is,
    what: "The image is for another architecture than the task.",
    remedy: "Build it for the task's architecture: `make image` does.",
  },
  {
    pattern: /CannotPullContainer.*(not found|manifest unknown|does not exist)/is,
    what: "The image does not exist in the repository.",
    remedy: "Push it, or deploy a digest that `aws ecr describe-images` lists.",
  },
  {
    pattern: /CannotPullContainer.*(403|denied|not authorized|no basic auth)/is,
    what: "The task may not pull the image.",
    remedy: "Check the execution role and the repository's policy.",
  },
  {
    pattern: /CannotPullContainer.*(timeout|timed out|dial tcp|no such host|context deadline)/is,
    what: "The task cannot reach the image's registry.",
    remedy: "Check the way out of its subnets, and the endpoints for ECR and S3.",
  },
  { pattern: /CannotPullContainer/i, what: "The image could not be pulled.", remedy: "Read ECS's words below." },
  {
    pattern: /ResourceInitializationError.*(AccessDenied|not authorized)/is,
    what: "The execution role may not read a secret or parameter, or sign in to the registry.",
    remedy: "Allow what ECS names below; secrets under a customer managed key also need kms:Decrypt.",
  },
  {
    pattern: /ResourceInitializationError.*(ResourceNotFound|ParameterNotFound|can't find|invalid parameters?)/is,
    what: "A secret or parameter of the task does not exist.",
    remedy: "Create it, or correct its ARN. A new secret needs a value before a task can start.",
  },
  {
    pattern:
      /ResourceInitializationError.*(timeout|timed out|dial tcp|no such host|context deadline|retrieve secret)/is,
    what: "The task cannot reach Secrets Manager, SSM or the registry.",
    remedy: "Check the way out of its subnets, and the interface endpoints.",
  },
  {
    pattern: /ResourceInitializationError.*(log|logger)/is,
    what: "The log group of the task is missing, or the execution role may not write to it.",
    remedy: "Apply the stack again, which creates the log group.",
  },
  {
    pattern: /OutOfMemory/i,
    what: "A container used more memory than the task has, and was killed.",
    remedy: "Raise service.memoryMiB in the environment, or find the leak.",
  },
  {
    pattern: /exec format error/i,
    what: "The image is for another architecture than the task.",
    remedy: "Build it for the task's architecture: `make image` does.",
  },
  {
    pattern: /failed (ELB|container) health checks|health checks? failed/i,
    what: "The task ran, but its health check failed.",
    remedy: "Read the application's log: does it listen, and does the health path answer 200 in time?",
  },
  {
    pattern: /Spot|SpotInterruption/,
    what: "AWS took the Spot capacity back, with two minutes' notice.",
    remedy: "Nothing: ECS starts another task.",
  },
  {
    pattern: /CannotStartContainer|CannotCreateContainer/i,
    what: "A container could not be started.",
    remedy: "Check its command and user against the image.",
  },
];

/** sysexits.h, EX_CONFIG: the application refuses its configuration. */
const REFUSED_CONFIGURATION = 78;
/** 128 + SIGKILL and 128 + SIGTERM. */
const [KILLED, TERMINATED] = [137, 143];

/** Explains why a task stopped. */
export function explain(task: StoppedTask): Explanation {
  const words = [task.stopCode, task.reason, ...task.containers.map(({ reason }) => reason)].join("\n");
  const culprit = task.containers.find(({ exitCode }) => exitCode !== undefined && exitCode !== 0);
  const rule = RULES.find(({ pattern }) => pattern.test(words));
  if (rule) return { what: rule.what, remedy: rule.remedy, container: culprit?.name };
  if (culprit) return { ...explainExit(culprit), container: culprit.name };
  return { what: task.reason || "The task stopped, and ECS gives no reason.", remedy: "Read the service's events." };
}

function explainExit({ name, exitCode }: StoppedContainer): Explanation {
  if (name === "migration") {
    const code = exitCode === REFUSED_CONFIGURATION ? " (78: it refuses a setting, which its log names)" : "";
    return {
      what: `The migration ended with exit code ${exitCode}${code}, so the application was not started.`,
      remedy: "Read its log, correct the migration and deploy again. Its transaction was rolled back.",
    };
  }
  if (exitCode === REFUSED_CONFIGURATION) {
    return {
      what: `The container ${name} refuses its configuration (exit code 78).`,
      remedy: "Its log names the variable: correct it in the stack.",
    };
  }
  if (exitCode === KILLED) {
    return {
      what: `The container ${name} was killed (exit code 137).`,
      remedy: "It used too much memory, or did not stop within its stop timeout.",
    };
  }
  if (exitCode === TERMINATED) {
    return {
      what: `The container ${name} was asked to stop (exit code 143).`,
      remedy: "Nothing, unless nobody asked.",
    };
  }
  return { what: `The container ${name} ended with exit code ${exitCode}.`, remedy: "Its log says why." };
}
