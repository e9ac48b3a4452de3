import { type Construct } from "constructs";
import { Checks } from "../../core/checks";

/** Source: Amazon ECS service quotas, "Task definition size". */
const MAX_BYTES = 64 * 1024;

/** @throws ConfigurationError when the JSON of the containers alone exceeds what ECS accepts for a task definition */
export function validateDefinitionSize(scope: Construct, containers: string): void {
  const bytes = Buffer.byteLength(containers);
  const checks = new Checks(scope);
  checks.require(bytes <= MAX_BYTES, {
    code: "ecs/task-definition-size",
    prop: "environment",
    expected: `at most ${MAX_BYTES} bytes of container definitions`,
    got: `${bytes}`,
    remedy: "Put long values into a file of the image, a parameter or a secret.",
  });
  checks.throwIfInvalid();
}
