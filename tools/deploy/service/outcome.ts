import { type DeploymentSnapshot, isSteady, primaryOf, revisionOf, type ServiceSnapshot } from "./snapshot";

/** How a deployment stands. */
export type Outcome =
  | { readonly kind: "in-progress" }
  | { readonly kind: "steady" }
  /** ECS gave it up; with a rollback, another revision runs. */
  | { readonly kind: "failed"; readonly reason: string; readonly runs: number }
  /** Somebody started another deployment. */
  | { readonly kind: "superseded"; readonly by: number };

/** ECS's words in an event or a reason for its own rollback. Source: ECS developer guide, "Deployment circuit breaker" and "service event messages". */
const ROLLING_BACK = /rolling back|deployment failed|rollback/i;

/** The deployment to judge. */
export interface JudgedDeployment {
  readonly revision: number;
  /** ECS's id of it, which alone tells apart two deployments of one revision. */
  readonly id?: string | undefined;
  /** Ids of the events before it, which say nothing about it. */
  readonly eventsBefore: ReadonlySet<string>;
}

/** Judges a deployment by the service's state. */
export function outcomeOf(snapshot: ServiceSnapshot, judged: JudgedDeployment): Outcome {
  const { revision, eventsBefore } = judged;
  const primary = primaryOf(snapshot);
  const own = snapshot.deployments.find((each) => isJudged(each, judged));
  const event = snapshot.events.find(({ id, message }) => !eventsBefore.has(id) && ROLLING_BACK.test(message))?.message;
  const runs = primary && revisionOf(primary.taskDefinition);
  if (own?.rollout === "FAILED") return failed(own.reason || event, runs ?? revision);
  if (runs === undefined) return { kind: "in-progress" };
  if (primary && isJudged(primary, judged)) return isSteady(snapshot) ? { kind: "steady" } : { kind: "in-progress" };
  const isRollback = event !== undefined || ROLLING_BACK.test(primary?.reason ?? "");
  return isRollback ? failed(own?.reason || event || primary?.reason, runs) : { kind: "superseded", by: runs };
}

function isJudged({ id, taskDefinition }: DeploymentSnapshot, judged: JudgedDeployment): boolean {
  return judged.id === undefined ? revisionOf(taskDefinition) === judged.revision : id === judged.id;
}

function failed(reason: string | undefined, runs: number): Outcome {
  return { kind: "failed", reason: reason || "ECS gives no reason", runs };
}
