import { containerFinding, containersOf, environmentOf } from "../../containers";
import { Rule } from "../../rule";

const SECRET_NAME =
  /password|secret|token|private_?key|api_?key|aws_access_key_id|aws_secret_access_key|ecs_engine_auth_data/i;
/** Endings of variables that describe a secret (its ARN, its path, its lifetime) without containing it. */
const ABOUT_A_SECRET = /_(arn|id|name|path|file|ttl|ttl_sec|url)$/i;

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && (/^aws_access_key_id$/i.test(name) || !ABOUT_A_SECRET.test(name));
}

export const ecsNoPlaintextSecrets = new Rule({
  id: "ecs-no-plaintext-secrets",
  severity: "error",
  types: ["aws_ecs_task_definition"],
  controls: ["ECS.8"],
  reason:
    "Anyone who may describe the task can read its environment variables, and so can anyone who reads the state or a plan.",
  remedy: "Store the value in Secrets Manager and pass it through the container's secrets.",
  find: (taskDefinition) =>
    containersOf(taskDefinition).flatMap((container) =>
      environmentOf(container)
        .filter(({ name }) => isSecretName(name))
        .map(({ name }) => ({
          attribute: containerFinding(container, "environment", "", undefined).attribute,
          expected: "no secret",
          got: `the variable ${name}`,
        })),
    ),
});
