import { type Checks } from "../../core/checks";
import { SECURITY_GROUP_PREFIXES } from "../../core/reserved-prefixes";
import { type CompleteEc2ServiceProps } from "../defaults";
import { checkApplication } from "./application";
import { checkCounts } from "./counts";
import { checkInstances } from "./instances";
import { checkNetworking } from "./networking";

/** @throws ConfigurationError with every problem of the props */
export function validateEc2Service(checks: Checks, props: CompleteEc2ServiceProps): void {
  checks.baseName("name", props.name, SECURITY_GROUP_PREFIXES);
  checkNetworking(checks, props);
  checkInstances(checks, props);
  checkApplication(checks, props);
  checkCounts(checks, props);
  checks.throwIfInvalid();
}
