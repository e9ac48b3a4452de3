import { containerFinding, containersOf, environmentOf } from "../../containers";
import { Rule } from "../../rule";

const SECRET_NAME =
  /password|secret|token|private_?key|api_?key|aws_access_key_id|aws_secret_access_key|ecs_engine_auth_data/i;
/** A name of where the secret is, or of how it is used, is none itself. */
const ABOUT_A_SECRET = /_(arn|id|name|path|file|ttl|ttl_sec|url)$/i;

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && (/^aws_access_key_id$/i.test(name) || !ABOUT_A_SECRET.test(name));
}

export const ecsNoPlaintextSecrets = new Rule({
  id: "ecs-no-plaintext-secrets",
  severity: "error",
  types: ["aws_ecs_task_definition"],
  controls: ["ECS.8"],
  reason: "Everybody who may describe a task reads its environment, and it is in the state and in every plan.",
  remedy: "Pass the value through secrets and Secrets Manager.",
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
