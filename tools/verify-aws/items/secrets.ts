import { rotateSecret } from "../../deploy/commands/secrets";
import { emptyPlan, type Environment, notChecked, type Outcome } from "./item";

const NAME = "NEXTAUTH_SECRET";

/** Rotates a secret to its end, in three deployments, and plans. */
export async function versionsOfSecret(environment: Environment): Promise<Outcome> {
  const { context } = environment;
  const secret = context.target.secrets.find(({ variable, kind }) => variable === NAME && kind === "generated");
  if (secret === undefined) return notChecked(`the environment has no generated ${NAME}`);
  await rotateSecret(context, { name: NAME, kind: "soft" });
  await rotateSecret(context, { name: NAME, kind: "finish" });
  return emptyPlan(environment, `${NAME} was rotated and its old value ended`);
}
