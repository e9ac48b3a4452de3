import { type Construct } from "constructs";
import { type AppContract, type SecretVariable } from "../../app/contract";
import { Secrets } from "../../modules/secrets/index";
import { type AppSecrets } from "./environment-variables";

export interface AppSecretsProps {
  /** Stem of the secrets' names. */
  readonly name: string;
  readonly contract: AppContract;
  /** Whether a deleted secret is gone at once, so that the environment can be made again under the same names. */
  readonly disposable: boolean;
  readonly kmsKeyArn: string | undefined;
}

const RECOVERY_WINDOW_DAYS = 30;

/** A generated entry in Secrets Manager for every secret of the contract; returns the ARN for each variable. */
export function createAppSecrets(
  scope: Construct,
  { name, contract, disposable, kmsKeyArn }: AppSecretsProps,
): AppSecrets {
  const variables = Object.keys(contract.secrets) as SecretVariable[];
  const generated = variables.map((variable) => {
    const { meaning, length } = contract.secrets[variable];
    return [secretKey(variable), { description: `${variable}: ${meaning}`, length }] as const;
  });
  const secrets = new Secrets(scope, "secrets", {
    name,
    generated: Object.fromEntries(generated),
    recoveryWindowDays: disposable ? 0 : RECOVERY_WINDOW_DAYS,
    allowImmediateDeletion: disposable,
    kmsKeyArn,
  });
  return Object.fromEntries(variables.map((variable) => [variable, secrets.arn(secretKey(variable))])) as AppSecrets;
}

/** `NEXTAUTH_SECRET` as AWS names are written: `nextauth-secret`. */
function secretKey(variable: SecretVariable): string {
  return variable.toLowerCase().replaceAll("_", "-");
}
