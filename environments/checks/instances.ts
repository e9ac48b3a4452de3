import { type Checks } from "../../modules/core/checks";
import { checkHeadroom } from "../../modules/ec2-service/validation/counts";
import { checkProcessCount, checkTypes } from "../../modules/ec2-service/validation/instances";
import { checkBounds } from "../../modules/ecs/validation/autoscaling";
import { type EnvironmentOf } from "../schema";

/** Checks the instances of an environment by the rules of the module whose props they become. */
export function checkEnvironmentInstances(checks: Checks, service: EnvironmentOf<"ec2">["service"]): void {
  checkTypes(checks, service.instanceTypes);
  checkProcessCount(checks, service);
  checkBounds(checks, "", service);
  checkHeadroom(checks, "", service);
}
