import { type Account } from "../account/account";
import { readContainerSecret, type ContainerSecret } from "../account/container-secret";
import { DoesNotApply } from "../account/does-not-apply";
import { defineCheck } from "../check";
import { type Problem } from "../finding";

/** ECS fetches the secrets when a task starts: what is missing shows at the next start, not before. */
export const secrets = defineCheck({
  name: "secrets",
  expects:
    "every secret and parameter of the running containers exists, has a current version and is not being deleted",
  read: async (account) => {
    const all = await runningSecrets(account);
    if (all.length === 0) throw new DoesNotApply("the containers receive no secrets");
    return all;
  },
  judge: (all) => all.flatMap(secretProblems),
});

async function runningSecrets(account: Account): Promise<readonly ContainerSecret[]> {
  const { containers } = await account.running();
  const references = containers.flatMap(({ secrets: own = [] }) =>
    own.map(({ name = "", valueFrom = "" }) => ({ variable: name, valueFrom })),
  );
  return Promise.all(references.map((reference) => readContainerSecret(account.aws, reference)));
}

/** Judges one secret; shared with the check before a deployment. */
export function secretProblems({ variable, valueFrom, state }: ContainerSecret): Problem[] {
  const impact =
    "No task can start: the next deployment, scale-out or restart fails with ResourceInitializationError. Tasks that run go on.";
  const evidence = `${variable} is from ${valueFrom}`;
  if (state.kind === "missing") {
    return [
      {
        severity: "error",
        what: `The ${state.what} of ${variable} does not exist.`,
        evidence,
        impact,
        remedy:
          "Create it under this name and give it a value, or correct the reference; `make deploy` creates the stack's own.",
      },
    ];
  }
  if (state.kind === "being deleted") {
    return [
      {
        severity: "error",
        what: `The secret of ${variable} was deleted on ${state.since.toISOString().slice(0, 10)} and waits for its end.`,
        evidence,
        impact,
        remedy: `aws secretsmanager restore-secret --secret-id ${valueFrom}`,
      },
    ];
  }
  if (state.kind === "empty") {
    return [
      {
        severity: "error",
        what: `The secret of ${variable} has no current version.`,
        evidence: `${evidence}; no version has the stage AWSCURRENT`,
        impact,
        remedy: `Give it a value: aws secretsmanager put-secret-value --secret-id ${valueFrom} --secret-string file://VALUE`,
      },
    ];
  }
  return [];
}
