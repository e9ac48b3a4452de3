import { type Checks } from "../../core/checks";
import { SECURITY_GROUP_PREFIXES } from "../../core/reserved-prefixes";
import { checkAutoscaling } from "../../ecs/validation/autoscaling";
import { checkCluster } from "../../ecs/validation/cluster";
import { checkContainer } from "../../ecs/validation/container";
import { checkDeployment } from "../../ecs/validation/deployment";
import { checkReasons } from "../../ecs/validation/environment";
import { checkFanOut } from "../../ecs/validation/fan-out";
import { checkNetworking } from "../../ecs/validation/network";
import { checkServiceKind } from "../../ecs/validation/service-kind";
import { checkSidecars } from "../../ecs/validation/sidecars";
import { checkTaskSize } from "../../ecs/validation/task-size";
import { type CompleteFargateServiceProps } from "../defaults";
import { checkSpot } from "./spot";

/** @throws ConfigurationError with every problem of the props */
export function validateFargateService(checks: Checks, props: CompleteFargateServiceProps): void {
  checks.baseName("name", props.name, SECURITY_GROUP_PREFIXES);
  checkNetworking(checks, props);
  checkCluster(checks, props);
  checkContainer(checks, props);
  checkSidecars(checks, props);
  checkTaskSize(checks, props);
  checkReasons(checks, props);
  checkAutoscaling(checks, props);
  checkFanOut(checks, props);
  checkServiceKind(checks, props);
  checkSpot(checks, props);
  checkDeployment(checks, props);
  checks.throwIfInvalid();
}
