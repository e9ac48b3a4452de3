import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AccountSteps } from "../../../tools/verify-aws/account-steps";
import { Interruption } from "../../../tools/verify-aws/interruption";
import { RunFolder } from "../../../tools/verify-aws/run-folder";
import { digestOf, useCredentials } from "../deploy/fixtures";
import { type Script, ScriptedAws } from "../deploy/scripted-aws";
import { RECORD } from "./run";

useCredentials();

const VPC = "arn:aws:ec2:ap-northeast-1:123456789012:vpc/vpc-1";
const OTHER_ACCOUNT = "<Account>999999999999</Account><Arn>arn:aws:iam::999999999999:user/ops</Arn>";
/** Something has the name already, so that a run ends before Terraform. */
const TAKEN = { GetResources: { ResourceTagMappingList: [{ ResourceARN: VPC }] } };

let root: string;
let folder: RunFolder;
let aws: ScriptedAws;
/** The stacks are synthesized once, by the first `prepare`. */
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "account-steps-"));
  folder = RunFolder.create(root, { ...RECORD, repositoryName: "messenger-crm", image: "0.1.0" });
});
afterEach(() => aws.stop());
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function stepsOn(script: Script): Promise<AccountSteps> {
  aws = await ScriptedAws.start(script);
  const { endpoint } = aws;
  const interruption = new Interruption();
  return new AccountSteps({ folder, endpoint, interruption, print: () => undefined, isContinued: false });
}

it("has nothing to destroy before it was synthesized", async () => {
  const steps = await stepsOn({});
  await expect(steps.destroy()).resolves.toBe(true);
  expect(aws.calls).toEqual([]);
});

it("synthesizes into the run's own folder, and refuses a name that something has", async () => {
  const steps = await stepsOn(TAKEN);
  await expect(steps.prepare()).rejects.toThrow(VPC);
  expect(existsSync(join(folder.out, "stacks", RECORD.stack, "cdk.tf.json"))).toBe(true);
  expect(aws.inputs("GetResources")[0]?.["TagFilters"]).toContainEqual({
    Key: "Environment",
    Values: ["verifyabc123"],
  });
});

it("takes the digest of the image that is named, and builds none", async () => {
  const digest = digestOf("a");
  const steps = await stepsOn({ ...TAKEN, DescribeImages: { imageDetails: [{ imageDigest: digest }] } });
  await expect(steps.prepare()).rejects.toThrow(VPC);
  await expect(steps.image()).resolves.toBe(digest);
  expect(aws.inputs("DescribeImages")[0]).toMatchObject({ repositoryName: "messenger-crm" });
});

it("refuses to go on with credentials of another account", async () => {
  const steps = await stepsOn({ ...TAKEN, GetCallerIdentity: OTHER_ACCOUNT });
  await expect(steps.prepare()).rejects.toThrow("expected credentials of account 123456789012");
  await expect(steps.destroy()).rejects.toThrow("expected credentials of account 123456789012");
});
