import { type ProblemCatalogue } from "../../core/problem";

/** The problems that only the fargate-service module reports. */
export const fargateServiceProblems = {
  "fargate-service/cluster-name": {
    summary: "The name of the cluster is not the one in its ARN.",
    why: "The service would run in one cluster, while autoscaling and alarms look for it in the other.",
  },
  "fargate-service/spot-base": {
    summary: "The base on demand is larger than the service can become.",
    why: "No task would ever run on spot capacity, which is almost certainly not what was meant.",
  },
  "fargate-service/task-size": {
    summary: "Fargate does not have this combination of CPU and memory.",
    why: "Terraform accepts any pair and the apply fails (ECS developer guide, task size on Fargate).",
  },
} as const satisfies ProblemCatalogue;
