import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type TerraformStack, TerraformVariable } from "cdktf";
import { AlarmTopic, Cdn, DnsCertificate, EncryptionKey, Monitoring, Waf } from "../../modules";
import { refusal } from "../helpers/refusal";
import { synthesize } from "../helpers/synth";
import { minimal } from "./cdn/fixture";

const tokyo = (stack: TerraformStack) => new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
const aliased = (stack: TerraformStack, region: string) => new AwsProvider(stack, "other", { region, alias: "other" });
const webAcl = (stack: TerraformStack, provider?: AwsProvider) =>
  new Waf(stack, "made", { name: "crm", scope: "CLOUDFRONT", provider });
const withLogs = (stack: TerraformStack, provider?: AwsProvider) =>
  new Cdn(stack, "made", { ...minimal, accessLogs: { bucketName: "crm-logs-123456789012" }, provider } as never);
const certificate = (stack: TerraformStack, cloudfrontProvider: AwsProvider) =>
  new DnsCertificate(stack, "made", { domainName: "crm.example.com", zoneName: "example.com", cloudfrontProvider });

const service = { clusterName: "crm", serviceName: "crm", logGroupName: "/ecs/crm" };
const key = { name: "crm", region: "us-east-1", accountId: "123456789012" };

const PASS = "Pass an AwsProvider with region and alias us-east-1.";
const DELIVERS = "CloudFront delivers its logs from there: pass an AwsProvider with region and alias us-east-1.";

it.each<[string, (stack: TerraformStack) => unknown, string]>([
  [
    "a web ACL of a distribution by a provider with an alias",
    (stack) => webAcl(stack, aliased(stack, "ap-northeast-1")),
    `provider: expected a provider of us-east-1 with scope CLOUDFRONT, got one of ap-northeast-1. ${PASS}`,
  ],
  [
    "a web ACL of a distribution by the stack's own provider",
    (stack) => [tokyo(stack), webAcl(stack)],
    `provider: expected a provider of us-east-1 with scope CLOUDFRONT, got the stack's, which is of ap-northeast-1. ${PASS}`,
  ],
  [
    "a web ACL of a distribution by a provider that the stack creates afterwards",
    (stack) => [webAcl(stack), tokyo(stack)],
    `provider: expected a provider of us-east-1 with scope CLOUDFRONT, got the stack's, which is of ap-northeast-1. ${PASS}`,
  ],
  [
    "access logs of a distribution",
    (stack) => withLogs(stack, aliased(stack, "eu-west-1")),
    `provider: expected a provider of us-east-1 with accessLogs, got one of eu-west-1. ${DELIVERS}`,
  ],
  [
    "access logs of a distribution by the stack's own provider",
    (stack) => [tokyo(stack), withLogs(stack)],
    `provider: expected a provider of us-east-1 with accessLogs, got the stack's, which is of ap-northeast-1. ${DELIVERS}`,
  ],
  [
    "a certificate of a distribution",
    (stack) => certificate(stack, aliased(stack, "us-west-2")),
    `cloudfrontProvider: expected a provider of us-east-1 for CloudFront's certificate, got one of us-west-2. ${PASS}`,
  ],
])("refuses in another region: %s", (_, build, message) => {
  expect(refusal((stack) => void build(stack))).toEqual([`[test/made] ${message}`]);
});

it.each<[string, (stack: TerraformStack) => unknown]>([
  ["a provider of us-east-1", (stack) => webAcl(stack, aliased(stack, "us-east-1"))],
  [
    "a region that is known only at apply, which a precondition checks",
    (stack) => webAcl(stack, aliased(stack, new TerraformVariable(stack, "region", {}).stringValue)),
  ],
  ["a distribution without access logs", (stack) => new Cdn(stack, "made", minimal as never)],
])("accepts %s", (_, build) => {
  synthesize((stack) => void build(stack));
});

it.each<[string, (stack: TerraformStack, provider: never) => unknown]>([
  ["Waf", (stack, provider) => new Waf(stack, "made", { name: "crm", provider })],
  ["Cdn", (stack, provider) => new Cdn(stack, "made", { ...minimal, provider } as never)],
  ["AlarmTopic", (stack, provider) => new AlarmTopic(stack, "made", { name: "crm", provider })],
  ["Monitoring", (stack, provider) => new Monitoring(stack, "made", { name: "crm", service, provider })],
  ["EncryptionKey", (stack, provider) => new EncryptionKey(stack, "made", { ...key, provider })],
])("%s refuses a provider that is none of AWS", (_, build) => {
  for (const provider of ["us-east-1", {}, { region: "us-east-1" }]) {
    const lines = refusal((stack) => void build(stack, provider as never));
    expect(lines).toEqual([expect.stringContaining("[test/made] provider: expected an AWS provider, got ") as string]);
  }
});

it("checks the region of an ARN against a provider that the stack creates afterwards", () => {
  const lines = refusal((stack) => {
    const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f";
    new Waf(stack, "made", { name: "crm", kmsKeyArn });
    tokyo(stack);
  });
  expect(lines).toEqual([
    "[test/made] kmsKeyArn: expected a KMS key in ap-northeast-1, the region of the stack, got one in us-east-1. Pass the ARN of a KMS key, not its id or alias.",
  ]);
});
