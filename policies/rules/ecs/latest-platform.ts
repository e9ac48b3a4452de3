import { attribute, isSet } from "../../finders";
import { Rule } from "../../rule";

/** Nothing means LATEST, and that is 1.4.0 on Linux. Source: Security Hub user guide, ECS.10. */
const LATEST: readonly string[] = ["LATEST", "1.4.0"];

export const ecsLatestPlatform = new Rule({
  id: "ecs-latest-platform",
  severity: "error",
  types: ["aws_ecs_service"],
  controls: ["ECS.10"],
  reason: "AWS mends the kernel and the runtime in new platform versions only.",
  remedy: "Leave platform_version out, or name the latest.",
  find: attribute("platform_version", "LATEST or 1.4.0", (value) => !isSet(value) || LATEST.includes(String(value))),
});
