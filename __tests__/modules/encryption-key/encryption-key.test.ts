import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Fn, Token } from "cdktf";
import { EncryptionKey, type EncryptionKeyProps } from "../../../modules/encryption-key";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { parsed, type Template } from "../../helpers/template";

const minimal: EncryptionKeyProps = { name: "crm-prod", region: "ap-northeast-1", accountId: "123456789012" };
const key = (props: Partial<EncryptionKeyProps> = {}) =>
  synthesize((stack) => void new EncryptionKey(stack, "key", { ...minimal, ...props }));
const policyOf = (template: Template) =>
  parsed(template.only("aws_kms_key")["policy"]) as {
    Statement: { Sid: string; Principal: unknown; Condition?: unknown }[];
  };
const policy = () => policyOf(key());

it("creates one key that rotates every year and can be restored for 30 days", () => {
  const template = key();
  expect(template.counts()).toEqual({ aws_kms_alias: 1, aws_kms_key: 1 });
  expect(template.only("aws_kms_key")).toEqual({
    lifecycle: { create_before_destroy: true, prevent_destroy: true },
    description: "Encrypts the data of crm-prod",
    enable_key_rotation: true,
    rotation_period_in_days: 365,
    deletion_window_in_days: 30,
    multi_region: false,
    policy: expect.any(String) as string,
  });
  expect(template.only("aws_kms_alias")["name"]).toBe("alias/crm-prod");
});

it("may be destroyed without deletion protection", () => {
  const { lifecycle } = key({ deletionProtection: false }).only("aws_kms_key");
  expect(lifecycle).toEqual({ create_before_destroy: true });
});

it("allows only the account's IAM, its log groups and its alarm topics to use the key", () => {
  expect(policy().Statement).toEqual([
    {
      Sid: "AccountByIam",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::123456789012:root" },
      Action: "kms:*",
      Resource: "*",
    },
    {
      Sid: "LogGroupsOfThisAccount",
      Effect: "Allow",
      Principal: { Service: "logs.ap-northeast-1.amazonaws.com" },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      Resource: "*",
      Condition: {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:ap-northeast-1:123456789012:log-group:*" },
      },
    },
    {
      Sid: "AlarmTopicsOfThisAccount",
      Effect: "Allow",
      Principal: { Service: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: {
        ArnLike: { "kms:EncryptionContext:aws:sns:topicArn": "arn:aws:sns:ap-northeast-1:123456789012:*" },
      },
    },
  ]);
});

it.each([
  ["cn-north-1", "arn:aws-cn:iam::123456789012:root", "logs.cn-north-1.amazonaws.com.cn"],
  ["us-gov-west-1", "arn:aws-us-gov:iam::123456789012:root", "logs.us-gov-west-1.amazonaws.com"],
  ["eusc-de-east-1", "arn:aws-eusc:iam::123456789012:root", "logs.eusc-de-east-1.amazonaws.eu"],
])("uses the partition of %s", (region, AWS, Service) => {
  const template = synthesize((stack) => {
    const provider = new AwsProvider(stack, "other", { region, alias: "other" });
    new EncryptionKey(stack, "key", { ...minimal, region, provider });
  });
  const { Statement } = policyOf(template);
  expect(Statement[0]!.Principal).toEqual({ AWS });
  expect(Statement[1]!.Principal).toEqual({ Service });
});

it.each<[string, Partial<EncryptionKeyProps>, string]>([
  [
    "region",
    { region: "us-east-1" },
    'region: expected ap-northeast-1, the region of its provider, got "us-east-1". The key is created there, and its policy names the services of its own region.',
  ],
  [
    "account",
    { accountId: "210987654321" },
    'accountId: expected 123456789012, the account of its provider, got "210987654321". The key policy has to name the account that the key is in.',
  ],
])("refuses another %s than its provider's", (_, props, message) => {
  const lines = refusal((stack) => {
    const config = { region: "ap-northeast-1", allowedAccountIds: ["123456789012"], alias: "key" };
    new EncryptionKey(stack, "key", { ...minimal, ...props, provider: new AwsProvider(stack, "provider", config) });
  });
  expect(lines).toEqual([`[test/key] ${message}`]);
});

it("refuses another region than that of the stack, whose provider may be created afterwards", () => {
  const lines = refusal((stack) => {
    new EncryptionKey(stack, "key", { ...minimal, region: "us-east-1" });
    new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
  });
  expect(lines).toEqual([expect.stringContaining("expected ap-northeast-1, the region of the stack") as string]);
});

it("creates key and alias in the region of the provider", () => {
  const template = synthesize((stack) => {
    const provider = new AwsProvider(stack, "edge", { region: "us-east-1", alias: "us-east-1" });
    new EncryptionKey(stack, "key", { ...minimal, region: "us-east-1", provider });
  });
  expect(template.only("aws_kms_key")["provider"]).toBe("aws.us-east-1");
  expect(template.only("aws_kms_alias")["provider"]).toBe("aws.us-east-1");
});

it("accepts other periods", () => {
  expect(key({ deletionWindowDays: 7, rotationPeriodDays: 90 }).only("aws_kms_key")).toMatchObject({
    deletion_window_in_days: 7,
    rotation_period_in_days: 90,
  });
});

describe("the key refuses", () => {
  const cases: [string, Partial<EncryptionKeyProps>, string][] = [
    [
      "a zone for a region",
      { region: "ap-northeast-1a" },
      '[test/key] region: expected a literal region such as ap-northeast-1, got "ap-northeast-1a". The key policy names the services of one region.',
    ],
    [
      "an account known only at apply",
      { accountId: Token.asString(Fn.trimspace("123456789012")) },
      "[test/key] accountId: expected a literal of 12 digits, got a value that is known only at apply. Find it with `aws sts get-caller-identity`.",
    ],
    [
      "an account with dashes",
      { accountId: "1234-5678-9012" },
      '[test/key] accountId: expected a literal of 12 digits, got "1234-5678-9012". Find it with `aws sts get-caller-identity`.',
    ],
    [
      "a region for a provider",
      { provider: "us-east-1" as unknown as AwsProvider },
      '[test/key] provider: expected an AWS provider, got "us-east-1". Pass an AwsProvider with an alias.',
    ],
    [
      "a window of 5 days",
      { deletionWindowDays: 5 },
      "[test/key] deletionWindowDays: expected a whole number from 7 to 30 days, got 5. KMS keeps a deleted key for 7 to 30 days.",
    ],
    [
      "rotating every month",
      { rotationPeriodDays: 30 },
      "[test/key] rotationPeriodDays: expected a whole number from 90 to 2560 days, got 30. KMS rotates every 90 to 2560 days.",
    ],
    [
      "a name with a slash",
      { name: "aws/rds" },
      '[test/key] name: expected lower-case letters, digits and single hyphens, at most 40, beginning with a letter, got "aws/rds". Use a literal such as "messenger-crm-prod".',
    ],
  ];
  it.each(cases)("%s", (_, props, message) => {
    expect(refusal((stack) => void new EncryptionKey(stack, "key", { ...minimal, ...props }))).toEqual([message]);
  });
});
