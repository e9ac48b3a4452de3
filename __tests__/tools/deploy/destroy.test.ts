import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { destroy } from "../../../tools/deploy/commands/destroy";
import { askNameOn } from "../../../tools/deploy/confirm";
import { leftoverOf } from "../../../tools/deploy/removal/leftovers";
import { type DataLoss } from "../../../tools/plan-report/data-loss/loss";
import { type PlanReport } from "../../../tools/plan-report/report";
import { type Json } from "../../../tools/terraform/json";
import { type PlanJson } from "../../../tools/terraform/plan-json";
import { contextOf, useCredentials } from "./fixtures";
import { type Answer, type Script, ScriptedAws } from "./scripted-aws";

useCredentials();

const ARN = "arn:aws:ec2:ap-northeast-1:123456789012:vpc/vpc-1";
const SNAPSHOT = "arn:aws:rds:ap-northeast-1:123456789012:snapshot:crm-dev-db-final";

let folder: string;
let aws: ScriptedAws;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "destroy-"));
  configuration({});
});
afterEach(async () => {
  await aws.stop();
  rmSync(folder, { recursive: true, force: true });
});

function configuration(json: Json): void {
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(json));
}

function planOf(...resources: readonly [type: string, before: Json][]): PlanJson {
  return {
    resource_changes: resources.map(([type, before], index) => ({
      address: `${type}.r${index}`,
      type,
      mode: "managed",
      change: { actions: ["delete"], before, after: null },
    })),
  };
}

const LOST: DataLoss = {
  address: "aws_db_instance.db",
  severity: "lost",
  what: "Destroyed: the database. Nothing is kept.",
};

function reportOf(dataLosses: readonly DataLoss[]): PlanReport {
  const counts = { create: 0, update: 0, replace: 0, destroy: 12, forget: 0, import: 0, move: 0 };
  const empty = {
    interruptions: [],
    changes: [],
    outputs: [],
    drift: [],
    deferred: [],
    failedChecks: [],
    diagnostics: [],
  };
  const cost = { unavailable: "no prices" };
  return { formatVersion: "1.0", stacks: [{ stack: "crm-dev", status: "ready", counts, dataLosses, ...empty, cost }] };
}

interface Setup {
  readonly plan?: PlanJson;
  readonly losses?: readonly DataLoss[];
  readonly isEmpty?: boolean;
  readonly deleteData?: boolean;
  readonly typed?: string;
  readonly script?: Script;
}

/** Runs the command on a scripted account, with a stand-in of Terraform. */
async function run({
  plan = planOf(),
  losses = [],
  isEmpty = false,
  deleteData = false,
  typed = "crm-dev",
  script,
}: Setup) {
  aws = await ScriptedAws.start({ GetResources: { ResourceTagMappingList: [] }, ...script });
  const { context, printed } = contextOf(aws, { folder });
  const did: string[] = [];
  const session = {
    plan: ({ destroy: isDestroy = false } = {}) => {
      did.push(isDestroy ? "plan -destroy" : "plan");
      return Promise.resolve({
        exitCode: isEmpty ? (0 as const) : (2 as const),
        changes: { add: 0, change: 0, remove: 12 },
      });
    },
    showPlan: () => Promise.resolve(plan),
    report: () => Promise.resolve(reportOf(losses)),
    apply: () => Promise.resolve(void did.push("apply")),
  };
  const asked: string[] = [];
  const result = destroy(context, {
    terraform: () => Promise.resolve(session),
    deleteData,
    askName: (what) => {
      asked.push(what);
      return Promise.resolve(typed);
    },
    whatStays: "The image repository stays.",
    clientsIn: () => context.aws,
  });
  return { result, did, asked, printed };
}

it("destroys after the stack's name was typed, and asks AWS what is left", async () => {
  const { result, did, asked, printed } = await run({});
  expect(await result).toBe(true);
  expect(did).toEqual(["plan -destroy", "apply"]);
  expect(asked).toEqual(["crm-dev to destroy it"]);
  expect(printed).toContain("The image repository stays.");
  expect(aws.inputs("GetResources")).toEqual([
    {
      TagFilters: [
        { Key: "Application", Values: ["crm"] },
        { Key: "Environment", Values: ["dev"] },
      ],
    },
  ]);
  expect(printed.at(-1)).toBe("crm-dev: AWS lists nothing any more with the tags Application=crm, Environment=dev.");
});

it.each(["yes", "dev", ""])("changes nothing when %j was typed", async (typed) => {
  const { result, did, printed } = await run({ typed });
  expect(await result).toBe(false);
  expect(did).toEqual(["plan -destroy"]);
  expect(printed.at(-1)).toBe(`Nothing was changed: expected crm-dev, got ${typed || "nothing"}.`);
});

it("refuses the loss of data unless it is told that, too", async () => {
  const { result, did, asked } = await run({ losses: [LOST] });
  await expect(result).rejects.toThrow(
    "crm-dev: expected no loss of data, got:\n  aws_db_instance.db: Destroyed: the database. Nothing is kept.\nNothing was changed. If all of this is meant, pass --delete-data.",
  );
  expect([did, asked]).toEqual([["plan -destroy"], []]);
});

it("says loudly what is lost before it asks for the name", async () => {
  const { result, printed } = await run({ losses: [LOST], deleteData: true });
  expect(await result).toBe(true);
  expect(printed.join("\n")).toContain("DESTROYS crm-dev (account 123456789012, ap-northeast-1): 12 resources.");
  expect(printed.join("\n")).toContain("LOSES DATA:\n  aws_db_instance.db: Destroyed: the database. Nothing is kept.");
});

it("never switches a protection off, and says which to change first", async () => {
  const plan = planOf(
    ["aws_db_instance", { deletion_protection: true }],
    ["aws_lb", { enable_deletion_protection: true }],
  );
  const { result, did } = await run({ plan, deleteData: true });
  await expect(result).rejects.toThrow(
    "crm-dev: expected nothing to be protected from deletion, got:\n  aws_db_instance.r0: deletion_protection is on\n  aws_lb.r1: enable_deletion_protection is on\nNothing was changed, and this command never switches a protection off. First set disposable: true in environments/dev.ts",
  );
  expect(did).toEqual(["plan -destroy"]);
});

it("does not begin what AWS would refuse halfway", async () => {
  const what =
    "Destroyed: the bucket. But AWS refuses: it is deleted only when it has no objects (force_destroy is off).";
  const { result, did } = await run({
    losses: [{ address: "aws_s3_bucket.logs", severity: "refused", what }],
    deleteData: true,
  });
  await expect(result).rejects.toThrow(`got:\n  aws_s3_bucket.logs: ${what}\nNothing was changed`);
  expect(did).toEqual(["plan -destroy"]);
});

it("names what Terraform itself would refuse, without starting it", async () => {
  configuration({ resource: { aws_kms_key: { key: { lifecycle: { prevent_destroy: true } } } } });
  const { result, did } = await run({ deleteData: true });
  await expect(result).rejects.toThrow("  aws_kms_key.key: prevent_destroy is set");
  expect(did).toEqual([]);
});

it("has nothing to destroy the second time, and still lists what is left", async () => {
  const { result, did, printed } = await run({ isEmpty: true, script: { GetResources: listing(SNAPSHOT) } });
  expect(await result).toBe(true);
  expect(did).toEqual(["plan -destroy"]);
  expect(printed[0]).toBe("crm-dev: nothing to destroy, the state is empty.");
  expect(printed.at(-1)).toContain(`${SNAPSHOT}\n    A snapshot, kept on purpose.`);
});

it("waits until AWS's list has followed", async () => {
  let looks = 0;
  const { result } = await run({
    script: {
      GetResources: (): Answer => {
        looks += 1;
        return looks < 3 ? listing(ARN) : listing();
      },
    },
  });
  expect(await result).toBe(true);
  expect(looks).toBe(3);
});

it("reads every page, and is not done while something is left that nothing explains", async () => {
  const { result, printed } = await run({
    script: {
      GetResources: (input) =>
        input["PaginationToken"] === undefined ? { ...listing(SNAPSHOT), PaginationToken: "more" } : listing(ARN),
    },
  });
  expect(await result).toBe(false);
  const text = printed.join("\n");
  expect(text).toContain(`${ARN}\n    Not by design: Terraform does not know it, or its deletion goes on.`);
  expect(text).toContain(SNAPSHOT);
});

it("finds a log group that a service has created again", async () => {
  const arn = "arn:aws:logs:ap-northeast-1:123456789012:log-group:/aws/rds/instance/crm/postgresql";
  const name = "/aws/rds/instance/crm/postgresql";
  const { result, printed } = await run({
    plan: planOf(["aws_cloudwatch_log_group", { name }]),
    script: {
      DescribeLogGroups: { logGroups: [{ logGroupName: name, arn: `${arn}:*` }, { logGroupName: `${name}2` }] },
    },
  });
  expect(await result).toBe(false);
  expect(printed).toContainEqual(expect.stringContaining(`  ${arn}\n`) as string);
});

it.each([
  [SNAPSHOT, "aws rds delete-db-snapshot --db-snapshot-identifier crm-dev-db-final"],
  ["arn:aws:rds:ap-northeast-1:123456789012:cluster-snapshot:final", "aws rds delete-db-cluster-snapshot"],
  ["arn:aws:elasticache:ap-northeast-1:123456789012:snapshot:final", "aws elasticache delete-snapshot"],
  ["arn:aws:kms:ap-northeast-1:123456789012:key/1234", "aws kms cancel-key-deletion --key-id 1234"],
  ["arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm-AbCdEf", "recovery window, which blocks its name"],
  ["arn:aws-cn:ecs:cn-north-1:123456789012:task-definition/crm:1", "aws ecs delete-task-definitions"],
])("explains why %s is left", (arn, text) => {
  expect(leftoverOf(arn).why).toContain(text);
});

it("does not ask for a name where nobody can type one", async () => {
  aws = await ScriptedAws.start({});
  const terminal = { input: new PassThrough(), output: new PassThrough() };
  await expect(askNameOn(terminal, undefined)("crm-dev")).rejects.toThrow("Pass --confirm STACK in a pipeline.");
  expect(await askNameOn(terminal, "crm-dev")("crm-dev")).toBe("crm-dev");
});

function listing(...arns: readonly string[]): { readonly ResourceTagMappingList: readonly object[] } {
  return { ResourceTagMappingList: arns.map((ResourceARN) => ({ ResourceARN })) };
}
