import { type Policy, type Statement } from "../../tools/judges/iam/policies";
import { problemsOf } from "../../tools/judges/iam/reference";

const policy = (statement: Omit<Statement, "Effect">): Policy => ({
  stack: "test",
  address: "aws_iam_role_policy.test",
  kind: "identity",
  role: "test",
  document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] },
});

const key = "arn:aws:kms:ap-northeast-1:123456789012:key/1";
const bucket = "arn:aws:s3:::logs";

it.each<[string, Omit<Statement, "Effect">, string]>([
  ["an action that does not exist", { Action: "kms:Decypher", Resource: key }, "no action kms:Decypher"],
  ["an action of no service", { Action: "kmz:Decrypt", Resource: key }, "no action kmz:Decrypt"],
  [
    "a resource of another type",
    { Action: "s3:PutObject", Resource: "arn:aws:sns:ap-northeast-1:123456789012:topic" },
    "s3:PutObject: expected the resource arn:",
  ],
  [
    "* where a resource can be named",
    { Action: "kms:Decrypt", Resource: "*" },
    "kms:Decrypt: expected the resource arn:",
  ],
  [
    "a resource where there is none",
    { Action: "ecr:GetAuthorizationToken", Resource: bucket },
    "ecr:GetAuthorizationToken: expected the resource *",
  ],
  [
    "a resource that no action takes",
    { Action: "kms:Decrypt", Resource: [key, bucket] },
    "no action of the statement takes the resource arn:aws:s3:::logs",
  ],
  [
    "a condition key that does not exist",
    { Action: "kms:Decrypt", Resource: key, Condition: { StringEquals: { "kms:ByService": "s3" } } },
    "no condition key kms:ByService",
  ],
  [
    "a condition key of another action",
    { Action: "kms:Decrypt", Resource: key, Condition: { StringEquals: { "s3:x-amz-acl": "private" } } },
    "kms:Decrypt: no condition s3:x-amz-acl",
  ],
])("notices %s", async (_, statement, problem) => {
  expect((await problemsOf(policy(statement))).join("\n")).toContain(problem);
});

it("allows a correct statement with a service's own and a global condition key", async () => {
  const Condition = { StringEquals: { "kms:ViaService": "s3.ap-northeast-1.amazonaws.com", "aws:SourceAccount": "1" } };
  expect(
    await problemsOf(policy({ Action: ["kms:Decrypt", "kms:GenerateDataKey*"], Resource: key, Condition })),
  ).toEqual([]);
});
