import { DeployError } from "../errors";
import { type Target, type TaskSecret } from "../target/target";

/** A secret with a known place in Secrets Manager. */
export type StoredSecret = TaskSecret & { readonly secretId: string };

/**
 * Finds a secret of the tasks by its variable or by its name in Secrets Manager.
 * @throws DeployError when there is none, or its value is not ours to write
 */
export function findSecret({ stack, secrets }: Target, name: string | undefined): StoredSecret {
  const found = secrets.find(({ variable, secretId }) => name !== undefined && [variable, secretId].includes(name));
  if (found === undefined) {
    const known = secrets.map(({ variable }) => variable).join(", ");
    // What follows an equals sign is a value, which must not be repeated.
    const got = name?.includes("=") ? "a name with a value, which goes to standard input" : (name ?? "none");
    throw new DeployError(`secret: expected one of ${stack}'s (${known || "it has none"}), got ${got}.`);
  }
  const { variable, kind, secretId } = found;
  if (kind === "managed") {
    throw new DeployError(
      `${variable}: expected a secret of the application, got the one that RDS manages and rotates. To rotate it now: aws rds modify-db-instance --rotate-master-user-password`,
    );
  }
  if (secretId === undefined) {
    throw new DeployError(`${variable}: expected a secret in Secrets Manager, got a value that is kept elsewhere.`);
  }
  return { ...found, secretId };
}
