import { type Account } from "../account/account";
import { type ContainerSecret, readContainerSecret } from "../account/container-secret";
import { DoesNotApply } from "../account/does-not-apply";
import { defineCheck } from "../check";
import { type Problem } from "../finding";
import { secretProblems } from "./secrets";

/** What the next tasks will fetch. Secrets that the stack creates itself exist after its apply. */
export const stackSecrets = defineCheck({
  name: "secrets",
  expects: "every secret and parameter that the next tasks fetch exists and has a current version",
  read,
  judge: (all): readonly Problem[] => all.flatMap(secretProblems),
});

async function read(account: Account): Promise<readonly ContainerSecret[]> {
  const declared = account.stack.containerSecrets();
  const foreign = declared.filter(({ isOwn }) => !isOwn);
  const service = await account.deployedService();
  // Of the stack's own secrets, the running tasks know the ARNs.
  const running =
    service === undefined ? [] : (await account.running()).containers.flatMap(({ secrets = [] }) => secrets);
  const own = running.filter(({ name }) => declared.some(({ variable, isOwn }) => isOwn && variable === name));
  const references = [
    ...foreign.map(({ variable, valueFrom }) => ({ variable, valueFrom })),
    ...own.map(({ name = "", valueFrom = "" }) => ({ variable: name, valueFrom })),
  ];
  if (references.length === 0) throw new DoesNotApply("the apply creates every secret of the containers");
  return Promise.all(references.map((reference) => readContainerSecret(account.aws, reference)));
}
