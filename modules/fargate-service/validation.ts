import { type Checks } from "../core/checks";
import { checkAutoscaling } from "./autoscaling-checks";
import { checkContainer } from "./container-checks";
import { checkDeployment } from "./deployment-checks";
import { checkReasons } from "./environment-check";
import { checkNetworking } from "./network-checks";
import { type CompleteFargateServiceProps } from "./read-props";

/** @throws ConfigurationError with every problem of the props */
export function validateFargateService(checks: Checks, props: CompleteFargateServiceProps): void {
  checks.baseName("name", props.name);
  checkNetworking(checks, props);
  checkContainer(checks, props);
  checkReasons(checks, props);
  checkAutoscaling(checks, props);
  checkDeployment(checks, props);
  checks.throwIfInvalid();
}
