import { awsClients } from "../../../tools/aws/clients";
import { bootstrap, type BootstrapOptions } from "../../../tools/deploy/commands/bootstrap";
import { demandOf } from "../../../tools/deploy/bootstrap/demand";
import { forgeOf } from "../../../tools/deploy/bootstrap/forge";
import { type StackNeeds } from "../../../tools/deploy/bootstrap/read-stacks";
import { type BootstrapReport } from "../../../tools/deploy/bootstrap/report";
import { useCredentials } from "./fixtures";
import { type Answer, AwsFault, type Script, ScriptedAws } from "./scripted-aws";

useCredentials();

const ACCOUNT = "123456789012";
const BUCKET = "crm-terraform-state";
const REGION = "ap-northeast-1";

const needs = (environment: string, fields: Partial<StackNeeds> = {}): StackNeeds => ({
  stack: `crm-${environment}`,
  folder: "/nowhere",
  environment,
  accountId: ACCOUNT,
  region: REGION,
  state: { bucket: BUCKET, region: REGION, hasLock: true },
  repository: undefined,
  demand: undefined,
  ...fields,
});
const registry = needs("registry", { repository: "crm" });
const dev = needs("dev", { demand: { onDemand: 4, spot: 0 } });

/** A bucket of S3 that remembers its settings. */
class Bucket {
  private exists: boolean;
  private readonly settings = new Map<string, string>();

  constructor(settings?: Readonly<Record<string, string>>) {
    this.exists = settings !== undefined;
    for (const [name, xml] of Object.entries(settings ?? {})) this.settings.set(name, xml);
  }

  script(): Script {
    const path = `/${BUCKET}`;
    const names = ["versioning", "encryption", "publicAccessBlock", "policy", "lifecycle"];
    const put = (name: string) => [
      `PUT ${path}?${name}`,
      (input: Readonly<Record<string, unknown>>): Answer => {
        this.settings.set(name, String(input["body"]));
        return "";
      },
    ];
    const get = (name: string) => [`GET ${path}?${name}`, () => this.settings.get(name) ?? MISSING[name]!];
    return {
      [`HEAD ${path}`]: () => (this.exists ? "" : new AwsFault("NotFound", "", 404)),
      [`PUT ${path}`]: () => {
        this.exists = true;
        return "";
      },
      ...(Object.fromEntries(names.flatMap((name) => [put(name), get(name)])) as Script),
    };
  }
}

const MISSING: Readonly<Record<string, Answer>> = {
  versioning: "<VersioningConfiguration/>",
  encryption: new AwsFault("ServerSideEncryptionConfigurationNotFoundError", "", 404),
  publicAccessBlock: new AwsFault("NoSuchPublicAccessBlockConfiguration", "", 404),
  policy: new AwsFault("NoSuchBucketPolicy", "", 404),
  lifecycle: new AwsFault("NoSuchLifecycleConfiguration", "", 404),
};

const QUOTAS: Script = { GetServiceQuota: { Quota: { Value: 100 } } };

interface Run {
  readonly done: Promise<BootstrapReport>;
  readonly printed: string[];
  readonly questions: string[];
}

let aws: ScriptedAws;
afterEach(() => aws.stop());

async function start(script: Script): Promise<void> {
  aws = await ScriptedAws.start({ ...QUOTAS, ...script });
}

function run(options: Partial<BootstrapOptions> = {}, answer = true): Run {
  const printed: string[] = [];
  const questions: string[] = [];
  const context = {
    print: (line: string) => printed.push(line),
    confirm: (question: string) => {
      questions.push(question);
      return Promise.resolve(answer);
    },
    clientsIn: (region: string) => awsClients({ region, endpoint: aws.endpoint }),
  };
  const all: BootstrapOptions = {
    stacks: [registry, dev],
    forge: undefined,
    kmsKeyArn: undefined,
    checkOnly: false,
    terraform: undefined,
    ...options,
  };
  return { done: bootstrap(context, all), printed, questions };
}

const made = () =>
  aws.calls.map(({ operation }) => operation).filter((operation) => /^(PUT|Create|Put|Attach)/.test(operation));

it("creates the state's bucket, protected from the start, and changes nothing the second time", async () => {
  await start(new Bucket().script());
  const first = run();
  expect((await first.done).ready).toBe(true);
  const path = `PUT /${BUCKET}`;
  expect(made()).toEqual([
    path,
    `${path}?publicAccessBlock`,
    `${path}?encryption`,
    `${path}?versioning`,
    `${path}?policy`,
    `${path}?lifecycle`,
  ]);
  expect(first.questions).toEqual([`\nMake these 6 changes in account ${ACCOUNT}?`]);
  const second = run();
  expect((await second.done).ready).toBe(true);
  expect(second.questions).toEqual([]);
  expect(second.printed.join("\n")).toContain(
    `state bucket ${BUCKET}\n  ok      no public access, encryption, versioning, TLS only, lifecycle`,
  );
});

it("expires the stored plans of every stack, and earlier states later", async () => {
  await start(new Bucket().script());
  await run().done;
  const body = String(aws.inputs(`PUT /${BUCKET}?lifecycle`)[0]!["body"]);
  expect(body).toContain("<Prefix>crm-registry/plans/</Prefix>");
  expect(body).toContain("<Prefix>crm-dev/plans/</Prefix>");
  expect(body).toContain("<NoncurrentDays>365</NoncurrentDays>");
});

it("changes only what differs: versioning that is off", async () => {
  const script = new Bucket().script();
  await start(script);
  await run().done;
  await aws.stop();
  const suspended = "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>";
  await start({ ...script, [`GET /${BUCKET}?versioning`]: suspended });
  const { done, printed } = run();
  expect((await done).ready).toBe(true);
  expect(made()).toEqual([`PUT /${BUCKET}?versioning`]);
  expect(printed.join("\n")).toContain(
    "change  versioning: suspended -> on. Until then no earlier state can be restored",
  );
});

it("keeps the policy that others wrote", async () => {
  const foreign = { Sid: "Theirs", Effect: "Allow", Principal: "*", Action: "s3:ListBucket", Resource: "*" };
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: foreign });
  await start(new Bucket({ policy }).script());
  await run().done;
  const written = JSON.parse(String(aws.inputs(`PUT /${BUCKET}?policy`)[0]!["body"])) as {
    Statement: { Sid: string }[];
  };
  expect(written.Statement.map(({ Sid }) => Sid)).toEqual(["Theirs", "TlsOnly"]);
});

it("encrypts with a key when it is given", async () => {
  const kmsKeyArn = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1`;
  await start(new Bucket().script());
  await run({ kmsKeyArn }).done;
  expect(String(aws.inputs(`PUT /${BUCKET}?encryption`)[0]!["body"])).toContain(
    `<KMSMasterKeyID>${kmsKeyArn}</KMSMasterKeyID>`,
  );
});

it.each<[string, Script, string]>([
  [
    "another account's",
    { [`HEAD /${BUCKET}`]: new AwsFault("Forbidden", "", 403) },
    `state bucket ${BUCKET}: expected it to belong to account ${ACCOUNT} and to be readable, got 403: it is another account's`,
  ],
  [
    "in another region",
    { [`HEAD /${BUCKET}`]: new AwsFault("PermanentRedirect", "", 301) },
    `state bucket ${BUCKET}: expected it in ${REGION}, the region of its stacks, got another one. Choose another name in state.bucket.`,
  ],
])("refuses a bucket that is %s", async (_, script, message) => {
  await start({ ...new Bucket({}).script(), ...script });
  await expect(run().done).rejects.toThrow(message);
  expect(made()).toEqual([]);
});

it("changes nothing when a person says no, and with --check", async () => {
  await start(new Bucket().script());
  expect((await run({}, false).done).ready).toBe(false);
  const check = run({ checkOnly: true });
  expect((await check.done).ready).toBe(false);
  expect(check.questions).toEqual([]);
  expect(made()).toEqual([]);
});

it("reports what it found, and whether it was changed", async () => {
  await start(new Bucket().script());
  const declined = await run({}, false).done;
  expect(declined).toMatchObject({ command: "bootstrap", accountId: ACCOUNT, stacks: ["crm-registry", "crm-dev"] });
  expect(declined.findings[0]).toEqual({
    subject: `state bucket ${BUCKET}`,
    fits: [],
    changes: expect.arrayContaining([`create it in ${REGION}`]) as string[],
    problems: [],
    isChanged: false,
  });
  const first = await run().done;
  expect(first.findings.map(({ isChanged }) => isChanged)).toEqual([true, false]);
  const second = await run().done;
  expect(second.findings.map(({ changes, isChanged }) => [changes, isChanged])).toEqual([
    [[], false],
    [[], false],
  ]);
});

it("refuses credentials of an account that no stack names", async () => {
  await start({ GetCallerIdentity: "<Account>999999999999</Account><Arn>arn:aws:iam::999999999999:user/me</Arn>" });
  await expect(run().done).rejects.toThrow(
    "account: expected credentials of an account that a stack names, got arn:aws:iam::999999999999:user/me of account 999999999999. The stacks: crm-registry (123456789012), crm-dev (123456789012).",
  );
});

it("names the stacks of other accounts, and leaves them alone", async () => {
  await start(new Bucket().script());
  const prod = needs("prod", { accountId: "210987654321", state: { bucket: "other", region: REGION, hasLock: true } });
  const { done, printed } = run({ stacks: [registry, dev, prod] });
  expect((await done).ready).toBe(true);
  expect(printed[1]).toBe(
    "In other accounts, with credentials of which this has to run again: crm-prod (210987654321)",
  );
});

it("says that a backend without a lock is a problem", async () => {
  await start(new Bucket().script());
  const { done, printed } = run({
    stacks: [registry, { ...dev, state: { bucket: BUCKET, region: REGION, hasLock: false } }],
  });
  expect((await done).ready).toBe(false);
  expect(printed.join("\n")).toContain("PROBLEM crm-dev: expected use_lockfile in its backend, found none");
});

describe("quotas", () => {
  it("are too low for all services at their maximum during a deployment", async () => {
    await start({ ...new Bucket().script(), GetServiceQuota: { Quota: { Value: 6 } } });
    const { done, printed } = run({ stacks: [registry, dev, needs("prod", { demand: { onDemand: 40, spot: 0 } })] });
    expect((await done).ready).toBe(false);
    expect(printed.join("\n")).toContain(
      "PROBLEM Fargate On-Demand vCPUs: expected at least 44 for all services at their maximum during a deployment, got 6.",
    );
    expect(printed.join("\n")).toContain("--quota-code L-3032A538 --desired-value 44");
  });

  it("that may not be read are a problem, and stop nothing else", async () => {
    await start({ ...new Bucket().script(), GetServiceQuota: new AwsFault("AccessDeniedException", "no") });
    const { done, printed } = run();
    expect((await done).ready).toBe(false);
    expect(printed.join("\n")).toContain("PROBLEM Fargate On-Demand vCPUs: expected at least 4, but these credentials");
    expect(made()).toContain(`PUT /${BUCKET}`);
  });

  it("have AWS's default until somebody changes them", async () => {
    await start({
      ...new Bucket().script(),
      GetServiceQuota: new AwsFault("NoSuchResourceException", ""),
      GetAWSDefaultServiceQuota: { Quota: { Value: 6 } },
    });
    const { done, printed } = run();
    expect((await done).ready).toBe(true);
    expect(printed.join("\n")).toContain("ok      Fargate On-Demand vCPUs: 6, of which 4 are needed");
  });

  const stack = (service: object, max?: number) => ({
    resource: {
      aws_ecs_service: { s: { desired_count: 2, ...service } },
      aws_ecs_task_definition: { t: { cpu: "512" } },
      ...(max === undefined ? {} : { aws_appautoscaling_target: { a: { max_capacity: max } } }),
    },
  });
  const strategy = (base: number, onDemand: number, spot: number) => ({
    capacity_provider_strategy: [
      { capacity_provider: "FARGATE", base, weight: onDemand },
      { capacity_provider: "FARGATE_SPOT", weight: spot },
    ],
  });

  it.each([
    ["no service", {}, undefined],
    ["a fixed number of tasks, doubled", stack({}), { onDemand: 2, spot: 0 }],
    ["the autoscaler's maximum", stack({ deployment_maximum_percent: 150 }, 10), { onDemand: 7.5, spot: 0 }],
    ["Spot but for a base", stack(strategy(1, 0, 1), 4), { onDemand: 0.5, spot: 3.5 }],
    ["either, where both have a weight", stack(strategy(0, 1, 1), 4), { onDemand: 4, spot: 4 }],
  ])("are compared with the peak of %s", (_, json, demand) => {
    expect(demandOf(json)).toEqual(demand);
  });
});

describe("the pipeline's roles", () => {
  const forge = forgeOf({ repository: "acme/crm", branch: "main" });
  const created = () =>
    aws.inputs("CreateRole").map(({ RoleName, AssumeRolePolicyDocument, MaxSessionDuration }) => {
      const { Statement } = JSON.parse(String(AssumeRolePolicyDocument)) as {
        Statement: { Condition: Record<string, Record<string, string>> }[];
      };
      return [RoleName, Object.values(Statement[0]!.Condition).map((each) => Object.values(each)), MaxSessionDuration];
    });
  const missing = new AwsFault("NoSuchEntity", "not found", 404);
  const none: Script = {
    GetOpenIDConnectProvider: missing,
    GetRole: missing,
    CreateOpenIDConnectProvider: "",
    CreateRole: "",
    AttachRolePolicy: "",
    PutRolePolicy: "",
  };

  it("trust GitHub's tokens of a pull request, the branch and one environment each", async () => {
    await start({ ...new Bucket({}).script(), ...none });
    await run({ forge }).done;
    const audience = "sts.amazonaws.com";
    expect(created()).toEqual([
      ["ci-crm-plan", [[audience, "repo:acme/crm:pull_request"]], "3600"],
      ["ci-crm-release", [[audience, "repo:acme/crm:ref:refs/heads/main"]], "3600"],
      ["ci-crm-deploy-registry", [[audience, "repo:acme/crm:environment:registry"]], "7200"],
      ["ci-crm-deploy-dev", [[audience, "repo:acme/crm:environment:dev"]], "7200"],
    ]);
    expect(aws.inputs("AttachRolePolicy").map(({ RoleName, PolicyArn }) => [RoleName, PolicyArn])).toEqual([
      ["ci-crm-plan", "arn:aws:iam::aws:policy/ReadOnlyAccess"],
      ["ci-crm-release", "arn:aws:iam::aws:policy/ReadOnlyAccess"],
      ["ci-crm-deploy-dev", "arn:aws:iam::aws:policy/PowerUserAccess"],
    ]);
  });

  it("cannot write the state of another stack, nor the bucket's settings", async () => {
    await start({ ...new Bucket({}).script(), ...none });
    await run({ forge }).done;
    const policy = aws.inputs("PutRolePolicy").find(({ RoleName }) => RoleName === "ci-crm-deploy-dev")!;
    const { Statement } = JSON.parse(String(policy["PolicyDocument"])) as {
      Statement: { Effect: string; Resource: string[] }[];
    };
    expect(Statement.filter(({ Effect }) => Effect === "Deny").map(({ Resource }) => Resource)).toEqual([
      [`arn:aws:s3:::${BUCKET}/crm-registry/*`],
      [`arn:aws:s3:::${BUCKET}`],
    ]);
  });

  it("cannot be managed by what they apply, whatever an environment is called", async () => {
    await start({ ...new Bucket({}).script(), ...none });
    await run({ forge, stacks: [registry, needs("ci"), needs("plan")] }).done;
    const roles = aws.inputs("CreateRole").map(({ RoleName }) => String(RoleName));
    const managed = aws.inputs("PutRolePolicy").flatMap(({ PolicyDocument }) => {
      const { Statement } = JSON.parse(String(PolicyDocument)) as { Statement: { Sid: string; Resource: string[] }[] };
      return Statement.flatMap(({ Sid, Resource }) => (Sid === "RolesOfTheStack" ? Resource : []));
    });
    expect(managed).toEqual(["arn:aws:iam::123456789012:role/crm-ci-*", "arn:aws:iam::123456789012:role/crm-plan-*"]);
    const prefixes = managed.map((arn) => arn.split("/")[1]!.replace("*", ""));
    expect(roles.filter((role) => prefixes.some((prefix) => role.startsWith(prefix)))).toEqual([]);
  });

  it("are changed where they differ, and keep what somebody added, which is named", async () => {
    const document = encodeURIComponent(JSON.stringify({ Version: "2012-10-17", Statement: [] }));
    const role = `<Role><RoleName>r</RoleName><AssumeRolePolicyDocument>${document}</AssumeRolePolicyDocument><MaxSessionDuration>3600</MaxSessionDuration></Role>`;
    const member = (name: string) => `<member><PolicyArn>arn:aws:iam::aws:policy/${name}</PolicyArn></member>`;
    await start({
      ...new Bucket().script(),
      GetOpenIDConnectProvider: "<ClientIDList><member>other</member></ClientIDList>",
      AddClientIDToOpenIDConnectProvider: "",
      GetRole: role,
      ListAttachedRolePolicies: `<AttachedPolicies>${member("PowerUserAccess")}${member("AdministratorAccess")}</AttachedPolicies>`,
      GetRolePolicy: `<PolicyDocument>${document}</PolicyDocument>`,
      UpdateAssumeRolePolicy: "",
      UpdateRole: "",
      AttachRolePolicy: "",
      PutRolePolicy: "",
    });
    const { done, printed } = run({ forge, stacks: [dev] });
    expect((await done).ready).toBe(false);
    const text = printed.join("\n");
    expect(text).toContain(
      "role ci-crm-deploy-dev\n  change  who may assume it\n  change  longest session: 3600 s -> 7200 s\n  change  change its own policy\n  PROBLEM expected no other policy, found arn:aws:iam::aws:policy/AdministratorAccess. It stays; detach it if nobody needs it.",
    );
    expect(aws.inputs("UpdateRole").map(({ RoleName }) => RoleName)).toEqual(["ci-crm-deploy-dev"]);
    expect(aws.inputs("AddClientIDToOpenIDConnectProvider")).toHaveLength(1);
    expect(aws.calls.map(({ operation }) => operation)).not.toContain("DetachRolePolicy");
  });

  it("prints the variables that the workflows read", async () => {
    await start({ ...new Bucket({}).script(), ...none });
    const { done, printed } = run({ forge });
    const { variables } = await done;
    const value = "arn:aws:iam::123456789012:role/ci-crm-deploy-dev";
    expect(variables).toContainEqual({ name: "AWS_DEPLOY_ROLE", value, environment: "dev" });
    expect(variables).toContainEqual({ name: "AWS_REGION", value: REGION, environment: undefined });
    expect(printed.at(-1)).toBe(
      [
        "Variables of the pipeline on GitHub (docs/ci.md says where):",
        "  AWS_PLAN_ROLE = arn:aws:iam::123456789012:role/ci-crm-plan  (repository)",
        "  AWS_RELEASE_ROLE = arn:aws:iam::123456789012:role/ci-crm-release  (repository)",
        "  AWS_DEPLOY_ROLE = arn:aws:iam::123456789012:role/ci-crm-deploy-registry  (environment registry)",
        "  AWS_DEPLOY_ROLE = arn:aws:iam::123456789012:role/ci-crm-deploy-dev  (environment dev)",
        "  AWS_REGION = ap-northeast-1  (repository)",
      ].join("\n"),
    );
  });

  it("trust the branches of a GitLab project", () => {
    const { issuer, subjects } = forgeOf({
      repository: "acme/crm",
      branch: "main",
      gitlab: "https://gitlab.example.com",
    });
    expect(issuer).toBe("https://gitlab.example.com");
    expect([subjects.plan, subjects.release, subjects.deploy("dev")]).toEqual([
      "project_path:acme/crm:ref_type:branch:ref:*",
      "project_path:acme/crm:ref_type:branch:ref:main",
      "project_path:acme/crm:ref_type:branch:ref:main",
    ]);
  });

  it.each([
    [{ repository: "acme/*", branch: "main" }, "--repository: expected OWNER/REPO, got acme/*."],
    [{ repository: "crm", branch: "main" }, "--repository: expected OWNER/REPO, got crm."],
    [{ repository: "acme/crm", branch: "*" }, "--branch: expected the name of a branch, got *."],
    [{ repository: "acme/crm", branch: "main", gitlab: "http://git" }, "--gitlab: expected the URL of the instance"],
  ])("are refused for %j", (options, message) => {
    expect(() => forgeOf(options)).toThrow(message);
  });
});

describe("the image repository", () => {
  const session = (exitCode: 0 | 2, did: string[]) => ({
    plan: () => Promise.resolve({ exitCode, changes: { add: 1, change: 0, remove: 0 } }),
    report: () => Promise.resolve({ formatVersion: "1.0" as const, stacks: [] }),
    apply: () => Promise.resolve(void did.push("apply")),
  });

  it.each([
    [2, ["apply"]],
    [0, []],
  ] as const)("is applied when the plan's exit code is %i", async (exitCode, expected) => {
    await start(new Bucket().script());
    const did: string[] = [];
    const { done } = run({ terraform: () => Promise.resolve(session(exitCode, did)) });
    const state = exitCode === 0 ? "unchanged" : "applied";
    expect(await done).toMatchObject({ ready: true, repository: { name: "crm", state } });
    expect(did).toEqual(expected);
  });
});
