import { digestOf, revisionArn } from "../../deploy/fixtures";
import { nowSec, service, targetHealth } from "../healthy";
import { type Breakage } from "./breakage";
import { rolledBack, stopped, stoppedTask } from "./failed-deployment";

/** Deployments, targets, and what decides them. */
export const TASKS: readonly Breakage[] = [
  [
    "a deployment that ECS rolled back",
    "deployment",
    { answers: { ...stopped, DescribeServices: service(rolledBack) } },
    /^The last deployment failed; revision 2 runs, with 2 of 2 tasks\./,
  ],
  [
    "a deployment that ECS gave up",
    "deployment",
    {
      answers: {
        ...stopped,
        DescribeServices: service({
          deployments: [
            {
              status: "PRIMARY",
              taskDefinition: revisionArn(2),
              rolloutState: "FAILED",
              rolloutStateReason: "tasks failed to start.",
            },
          ],
        }),
      },
    },
    /^The last deployment failed/,
  ],
  [
    "a task that does not come back",
    "deployment",
    { answers: { ...stopped, DescribeServices: service({ runningCount: 1 }) } },
    /^1 of 2 tasks run, and no deployment is in progress/,
  ],
  [
    "a deployment that does not end",
    "deployment",
    {
      answers: {
        ...stopped,
        DescribeServices: service({
          runningCount: 1,
          deployments: [
            {
              status: "PRIMARY",
              taskDefinition: revisionArn(2),
              rolloutState: "IN_PROGRESS",
              createdAt: nowSec - 3_600,
            },
          ],
        }),
      },
    },
    /^1 of 2 tasks run, and the deployment has been in progress for 60 minutes/,
  ],
  [
    "tasks that ended by themselves",
    "deployment",
    { answers: { ...stopped, DescribeTasks: { tasks: [{ ...stoppedTask, taskDefinitionArn: revisionArn(2) }] } } },
    /^Tasks of revision 2 ended by themselves within the last hour/,
  ],
  [
    "a target that hangs",
    "targets",
    { answers: { DescribeTargetHealth: targetHealth([["healthy"], ["unhealthy", "Target.Timeout"]]) } },
    /^1 target of crm-dev-app not healthy: no answer to the health check in time/,
  ],
  [
    "a target that answers 503",
    "targets",
    { answers: { DescribeTargetHealth: targetHealth([["healthy"], ["unhealthy", "Target.ResponseCodeMismatch"]]) } },
    /another status than the health check expects\.$/,
  ],
  [
    "a task that is not registered",
    "targets",
    { answers: { DescribeTargetHealth: targetHealth([["healthy"]]) } },
    /^1 of 2 tasks are not registered in crm-dev-app/,
  ],
  [
    "a circuit breaker that is off",
    "circuit-breaker",
    {
      answers: {
        DescribeServices: service({ deploymentConfiguration: { deploymentCircuitBreaker: { enable: false } } }),
      },
    },
    /^The circuit breaker is off/,
  ],
  [
    "a circuit breaker that does not roll back",
    "circuit-breaker",
    {
      answers: {
        DescribeServices: service({
          deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
        }),
      },
    },
    /^The circuit breaker stops a failed deployment but does not return/,
  ],
  [
    "an image that Terraform does not know of",
    "image-drift",
    { answers: { GetParameter: { Parameter: { Value: `0.1.0@${digestOf("9")}` } } } },
    /^Terraform remembers another image/,
  ],
  [
    "a revision that failed and is still active",
    "image-drift",
    { answers: { ListTaskDefinitions: { taskDefinitionArns: [revisionArn(3), revisionArn(2)] } } },
    /^Revision 2 runs, but revision 3 is active, too/,
  ],
  [
    "a quota that is too low",
    "quotas",
    { answers: { GetServiceQuota: { Quota: { Value: 4 } } } },
    /^A deployment at 10 tasks needs 5 vCPUs, but the account may run 4/,
  ],
];
