import { attribute, isSet } from "../../finders";
import { Rule } from "../../rule";

/** The default is LATEST, which is 1.4.0 on Linux. Source: Security Hub user guide, ECS.10. */
const LATEST: readonly string[] = ["LATEST", "1.4.0"];

export const ecsLatestPlatform = new Rule({
  id: "ecs-latest-platform",
  severity: "error",
  types: ["aws_ecs_service"],
  controls: ["ECS.10"],
  reason: "AWS patches the kernel and the container runtime only in new platform versions.",
  remedy: "Remove platform_version, or set it to LATEST.",
  find: attribute("platform_version", "LATEST or 1.4.0", (value) => !isSet(value) || LATEST.includes(String(value))),
});
