import { type Checks } from "../../core/checks";
import { SECURITY_GROUP_PREFIXES } from "../../core/reserved-prefixes";
import { type CompleteFargateTaskProps } from "../defaults";
import { checkCluster } from "./cluster";
import { checkContainer } from "./container";
import { checkReasons } from "./environment";
import { checkNetworking } from "./network";
import { checkSidecars } from "./sidecars";
import { checkTaskSize } from "./task-size";

/** Checks what every task that nobody keeps running is made from. */
export function checkRunTask(checks: Checks, props: CompleteFargateTaskProps): void {
  checks.baseName("name", props.name, SECURITY_GROUP_PREFIXES);
  checkNetworking(checks, props);
  checkCluster(checks, props);
  checkContainer(checks, props);
  checkSidecars(checks, props);
  checkTaskSize(checks, props);
  checkReasons(checks, props);
}
