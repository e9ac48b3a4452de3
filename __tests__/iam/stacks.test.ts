import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { contract } from "../../app/contract";
import { everyStack, type SynthesizedStack } from "../helpers/every-stack";
import { callsOf } from "../../tools/judges/iam/calls";
import { policiesOf, type Statement } from "../../tools/judges/iam/policies";
import { wrongDecisions } from "../../tools/judges/iam/problems";
import { problemsOf } from "../../tools/judges/iam/reference";
import { at } from "../../tools/terraform/json";

let stacks: readonly SynthesizedStack[];

beforeAll(() => {
  stacks = everyStack();
});

it("every action, resource and condition key of every policy is in the service authorization reference", async () => {
  const policies = stacks.flatMap(({ name, json }) => policiesOf(name, json));
  for (const kind of ["identity", "trust", "resource"]) {
    expect(policies.filter((policy) => policy.kind === kind).length).toBeGreaterThan(20);
  }
  const problems = await Promise.all(
    policies.map(async (each) => (await problemsOf(each)).map((text) => `${each.stack} ${each.address}: ${text}`)),
  );
  expect(problems.flat()).toEqual([]);
});

it("the calls that every stack makes are allowed, others are not, and no grant is without a call", async () => {
  const results = await Promise.all(stacks.map(({ name, json }) => wrongDecisions(json, policiesOf(name, json))));
  expect(results.reduce((sum, { decided }) => sum + decided, 0)).toBeGreaterThan(500);
  expect(results.flatMap(({ wrong }, index) => wrong.map((text) => `${stacks[index]?.name}: ${text}`))).toEqual([]);
});

describe("notices in prod", () => {
  /** The wrong decisions after a change of the policy at an address. */
  async function wrongAfter(address: string, change: (statements: readonly Statement[]) => Statement[]) {
    const { name, json } = stacks.find((stack) => stack.name === `${contract.name}-prod`)!;
    const policies = policiesOf(name, json).map((policy) => {
      if (!policy.address.includes(address)) return policy;
      return { ...policy, document: { ...policy.document, Statement: change(policy.document.Statement) } };
    });
    return (await wrongDecisions(json, policies)).wrong.join("\n");
  }
  const grant = (Action: string): Statement => ({ Effect: "Allow", Action, Resource: "*" });

  it("a call that nobody granted", async () => {
    const wrong = await wrongAfter("service_execution-policy", (statements) =>
      statements.filter(({ Sid }) => Sid !== "ReadSecrets"),
    );
    expect(wrong).toContain("ECS starts app: secretsmanager:GetSecretValue");
    expect(wrong).toContain("expected to be allowed");
  });

  it("a role that may do too much", async () => {
    const wrong = await wrongAfter("task-policy-cache", (statements) => [...statements, grant("s3:GetObject")]);
    expect(wrong).toContain("a stranger in the container: s3:GetObject");
    expect(wrong).toContain("expected to be denied");
  });

  it("a grant that nobody uses", async () => {
    const wrong = await wrongAfter("task-policy-cache", (statements) => [...statements, grant("sqs:SendMessage")]);
    expect(wrong).toMatch(/nobody uses aws_iam_role_policy\..*task-policy-cache.*: sqs:SendMessage/);
  });

  it("a key policy that locks a log group out", async () => {
    const wrong = await wrongAfter("aws_kms_key", (statements) =>
      statements.filter(({ Sid }) => Sid !== "LogGroupsOfThisAccount"),
    );
    expect(wrong).toContain("logs.ap-northeast-1.amazonaws.com uses the key: kms:GenerateDataKey");
  });
});

it("judges the connections to every kind of database and cache", () => {
  const kinds = ["aws_db_instance", "aws_rds_cluster", "aws_elasticache_replication_group"];
  for (const type of [...kinds, "aws_elasticache_serverless_cache"]) {
    const judged = stacks.filter(({ json }) => at(json, "resource", type) !== undefined);
    const calls = judged.flatMap(({ json }) => callsOf(json)).map(({ action }) => action);
    expect([type, calls.includes(type.includes("cache") ? "elasticache:Connect" : "rds-db:connect")]).toEqual([
      type,
      true,
    ]);
  }
});

it("the app calls no AWS API that the list of calls does not know", () => {
  const app = join(__dirname, "../../app");
  const files = readdirSync(join(app, "server"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(app, "server", file), "utf8"));
  const imports = files.flatMap((text) => [...text.matchAll(/import \{([^}]*)\} from "(@aws-sdk\/[^"]+)"/g)]);
  const used = imports.flatMap(([, names = "", from = ""]) =>
    names.split(",").map((each) => `${from} ${each.trim().replace(/^type /, "")}`),
  );
  expect([...new Set(used)].sort()).toEqual([
    "@aws-sdk/client-secrets-manager GetSecretValueCommand",
    "@aws-sdk/client-secrets-manager SecretsManagerClient",
    "@aws-sdk/credential-providers fromNodeProviderChain",
    "@aws-sdk/rds-signer Signer",
  ]);
});

it("every statement of a module is in a judged stack", () => {
  const modules = join(__dirname, "../../modules");
  const sources = readdirSync(modules, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/validation\//.test(file))
    .map((file) => readFileSync(join(modules, file), "utf8"))
    .filter((text) => /PolicyStatement|policyDocument/.test(text));
  const found = (pattern: RegExp) =>
    sources.flatMap((text) => [...text.matchAll(pattern)].map(([, name = ""]) => name));
  const actions = found(/"([a-z0-9-]+:(?:[A-Z]\w*)?\*?)"/g).filter(
    (text) => !/^(aws|(kms|iam):[A-Z]\w*Service$|ecs:CreateAction$)/.test(text),
  );
  const sids = [...found(/\bSid: "(\w+)"/g), ...found(/\ballow\("(\w+)"/g)];
  const statements = stacks.flatMap(({ name, json }) =>
    policiesOf(name, json).flatMap((policy) => policy.document.Statement),
  );
  const judged = statements.flatMap(({ Sid, Action }) => [Sid, Action].flat());
  expect(actions.length).toBeGreaterThan(25);
  expect(sids.length).toBeGreaterThan(15);
  expect([...actions, ...sids].filter((text) => !judged.includes(text))).toEqual([]);
});
