import { type SecretVariable } from "../../app/contract";
import { Secrets } from "../../modules/secrets";
import { type ServiceContext } from "../service-context";
import { type AppSecrets } from "./environment-variables";

const RECOVERY_WINDOW_DAYS = 30;

/** Creates a generated secret in Secrets Manager for each secret variable of the contract, and returns the ARN of each. */
export function createAppSecrets({ stack, name, contract, environment, kmsKeyArn }: ServiceContext): AppSecrets {
  const { disposable } = environment;
  const variables = Object.keys(contract.secrets) as SecretVariable[];
  const generated = variables.map((variable) => {
    const { meaning, length } = contract.secrets[variable];
    return [secretKey(variable), { description: `${variable}: ${meaning}`, length }] as const;
  });
  const secrets = new Secrets(stack, "secrets", {
    name,
    generated: Object.fromEntries(generated),
    // A deleted secret blocks its name until the window ends; a disposable environment must be creatable again at once.
    recoveryWindowDays: disposable ? 0 : RECOVERY_WINDOW_DAYS,
    allowImmediateDeletion: disposable,
    kmsKeyArn,
  });
  return Object.fromEntries(variables.map((variable) => [variable, secrets.arn(secretKey(variable))])) as AppSecrets;
}

/** `NEXTAUTH_SECRET` in the style of AWS names: `nextauth-secret`. */
function secretKey(variable: SecretVariable): string {
  return variable.toLowerCase().replaceAll("_", "-");
}
