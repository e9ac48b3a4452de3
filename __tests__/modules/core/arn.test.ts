import { App, TerraformOutput, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { arnField, parseArn } from "../../../modules/core/arn";

describe("an ARN", () => {
  it.each([
    [
      "arn:aws:kms:ap-northeast-1:123456789012:key/a:b",
      { partition: "aws", service: "kms", region: "ap-northeast-1", accountId: "123456789012", resource: "key/a:b" },
    ],
    [
      "arn:aws-us-gov:s3:::logs",
      { partition: "aws-us-gov", service: "s3", region: "", accountId: "", resource: "logs" },
    ],
    [
      "arn:aws:iam::aws:policy/x",
      { partition: "aws", service: "iam", region: "", accountId: "aws", resource: "policy/x" },
    ],
  ])("%s is parsed", (text, parts) => expect(parseArn(text)).toEqual(parts));

  it.each([
    "",
    "alias/x",
    " arn:aws:kms:ap-northeast-1:123456789012:key/a",
    "arn:aws:kms:ap-northeast-1:123456789012:",
    "arn:azure:kms:ap-northeast-1:123456789012:key/a",
    "arn:aws::ap-northeast-1:123456789012:key/a",
    "arn:aws:KMS:ap-northeast-1:123456789012:key/a",
    "arn:aws:kms:Tokyo:123456789012:key/a",
    "arn:aws:kms:ap-northeast-1:12345678901:key/a",
    "arn:aws:kms:ap-northeast-1:1234567890123:key/a",
    "arn:aws:kms:ap-northeast-1:123456789012:key/a\nb",
  ])("%j is not one", (text) => expect(parseArn(text)).toBeUndefined());
});

it.each([
  ["partition", 1],
  ["region", 3],
  ["accountId", 4],
] as const)("reads the %s of an ARN that is known only at apply", (field, index) => {
  const stack = new TerraformStack(new App(), "test");
  const arn = new TerraformVariable(stack, "arn", { type: "string" }).stringValue;
  new TerraformOutput(stack, "field", { value: arnField(arn, field) });
  const { output } = JSON.parse(Testing.synth(stack)) as { output: { field: { value: string } } };
  expect(output.field.value).toBe(`\${element(split(":", var.arn), ${index})}`);
});
