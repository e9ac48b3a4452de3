/** Values of a stack's own variables (`TF_VAR_…`) stay: they are part of what runs. */
const AWS_OR_TERRAFORM = /^(AWS_|TF_(?!VAR_))/;

/**
 * Returns the environment variables without the user's settings for AWS and Terraform, such as profiles, session tokens and CLI
 * configuration, so that a command cannot reach a real account by accident.
 */
export function isolatedEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !AWS_OR_TERRAFORM.test(name)));
}
