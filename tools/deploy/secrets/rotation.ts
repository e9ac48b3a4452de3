import { type Context } from "../context";
import { DeployError } from "../errors";
import { redeploy } from "../service/redeploy";
import { readService } from "../service/read-service";
import { primaryOf } from "../service/snapshot";
import { type StoredSecret } from "./find-secret";
import { generateValue } from "./generate";
import { type Phase, readValues, type SecretState, writeValues } from "./store";

/** How a secret is rotated. `soft`: what the old value signed stays valid. `finish`: the old value goes. `revoke`: both at once. */
export type RotationKind = "soft" | "finish" | "revoke";

/** Variables with which Next.js takes a single key, so that the old one cannot be accepted as well. Source: Next.js, "Data security". */
const SINGLE_VALUE = ["NEXT_SERVER_ACTIONS_ENCRYPTION_KEY"];
const DEFAULT_LENGTH = 48;

export interface Step {
  readonly what: string;
  readonly run: () => Promise<void>;
}

/** Plans the steps of a rotation from where the secret stands; an interrupted one is continued. No steps when nothing is to do. */
export async function planRotation(
  context: Context,
  secret: StoredSecret,
  state: SecretState & { readonly phase: Phase },
  kind: RotationKind,
): Promise<Step[]> {
  const { phase } = state;
  const deploy: Step = { what: "replace every task, in a rolling deployment", run: () => redeploy(context) };
  const put = writer(context, secret);
  const fresh = () => generateValue(secret.length ?? DEFAULT_LENGTH);
  const sign = put("the new value signs, the old one is still accepted", "signing", ([old, next]) => [next!, old!]);
  if (kind === "revoke" || SINGLE_VALUE.includes(secret.variable)) {
    return [put("a new value, and the old one is accepted no longer", "settled", () => [fresh()]), deploy];
  }
  if (kind === "finish") {
    if (phase === "accepting") throw unfinished(secret);
    const settle = put("the old value is accepted no longer", "settled", ([value]) => [value!]);
    if (phase === "signing") return [settle, deploy];
  } else if (phase === "accepting") return [deploy, sign, deploy];
  // What an interruption left undeployed.
  if (kind === "finish" || phase === "signing") return (await isDeployed(context, state)) ? [] : [deploy];
  const accept = put("a new value is accepted, the old one still signs", "accepting", ([old]) => [old!, fresh()]);
  return [accept, deploy, sign, deploy];
}

type Put = (what: string, next: Phase, change: (values: readonly string[]) => readonly string[]) => Step;

/** Makes steps that change the values, and refuses to when somebody else has changed them since the step before. */
function writer({ aws, target }: Context, { variable, secretId }: StoredSecret): Put {
  let own: string | undefined;
  return (what, phase, change) => ({
    what,
    run: async () => {
      const { values, versionId } = await readValues(aws.secrets, secretId);
      if (own !== undefined && versionId !== own) {
        throw new DeployError(
          `${variable}: expected the value of the step before, but somebody else has changed it meanwhile. See \`make secrets ENV=${target.stack}\`, and agree with them.`,
        );
      }
      own = await writeValues(aws.secrets, secretId, { values: change(values), phase });
    },
  });
}

function unfinished({ variable }: StoredSecret): DeployError {
  return new DeployError(
    `${variable}: expected a rotation that is done but for the old value, got one that was interrupted. Run it again without --finish first.`,
  );
}

/** Whether the tasks that run were started after the secret was changed. */
async function isDeployed({ aws, target }: Context, { changedAt }: SecretState): Promise<boolean> {
  const service = await readService(aws, target);
  const startedAt = primaryOf(service)?.startedAt;
  return startedAt !== undefined && changedAt !== undefined && startedAt > changedAt;
}
