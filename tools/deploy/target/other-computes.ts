import { at, entries, type Json } from "../../terraform/json";
import { DeployError } from "../errors";

/** A compute that the commands do not operate, with what to do in their place. */
interface OtherCompute {
  readonly resourceType: string;
  /** Whether a resource of the type runs the application; a group of NAT instances does not. */
  readonly runsApplication: (resource: Json) => boolean;
  readonly got: string;
  readonly remedy: string;
}

const OTHER_COMPUTES: readonly OtherCompute[] = [
  {
    resourceType: "aws_autoscaling_group",
    runsApplication: (group) => at(group, "target_group_arns") !== undefined,
    got: "instances of EC2, which have no tasks and no revisions to return to",
    remedy:
      "Deploy with terraform apply in its folder, which starts an instance refresh; follow it with `aws autoscaling describe-instance-refreshes` and `describe-scaling-activities`, read the log with `aws logs tail` and the output log_group_name, and return by applying the former image.",
  },
  {
    resourceType: "aws_apprunner_service",
    runsApplication: () => true,
    got: "one on App Runner, which has no tasks, no migration of its own and no revisions to return to",
    remedy:
      "Deploy with terraform apply in its folder, which waits until App Runner has replaced the instance; see what happened with `aws apprunner list-operations`, read the log with `aws logs tail` and the output log_group_name, and return by applying the former image.",
  },
];

/** @throws DeployError when something other than ECS runs the application of a stack */
export function refuseOtherComputes(stack: string, json: Json): void {
  if (entries(at(json, "resource", "aws_ecs_service")).length > 0) return;
  const found = OTHER_COMPUTES.find(({ resourceType, runsApplication }) =>
    entries(at(json, "resource", resourceType)).some(([, resource]) => runsApplication(resource)),
  );
  if (found === undefined) return;
  throw new DeployError(`${stack}: expected a service on ECS, got ${found.got}. ${found.remedy}`);
}
