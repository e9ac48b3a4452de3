import { Checks } from "../../../modules/core/checks";
import { POLICY_STATEMENT, policyDocument, servicePrincipalTrust } from "../../../modules/core/iam-policy";
import { LOG_RETENTION_DAYS } from "../../../modules/core/log-retention";

it("writes a policy", () => {
  expect(JSON.parse(policyDocument([{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }]))).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
  });
});

it("allows one service to assume a role", () => {
  expect(JSON.parse(servicePrincipalTrust("ecs-tasks.amazonaws.com"))).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
});

describe("a statement", () => {
  const read = (statement: object) => {
    const checks = new Checks("env");
    const given = POLICY_STATEMENT.read(statement, "p", checks);
    checks.throwIfInvalid();
    return given;
  };

  it("keeps every field of IAM", () => {
    const statement = {
      Sid: "Read",
      Effect: "Allow",
      Principal: { Service: "s3.amazonaws.com" },
      Action: ["s3:GetObject"],
      Resource: "arn:aws:s3:::b/*",
      Condition: { StringEquals: { "aws:SourceAccount": ["1", "2"] } },
    };
    expect(read(statement)).toEqual(statement);
  });

  it.each([
    [{ Actions: "*" }, "p.Actions: expected a prop that exists"],
    [{ Sid: 1 }, "p.Sid: expected text"],
    [{ Effect: 1 }, "p.Effect: expected one of Allow, Deny, got 1. IAM spells them like this."],
    [{ Action: [1] }, "p.Action[0]: expected text"],
    [{ Resource: 1 }, "p.Resource: expected text"],
    [{ Condition: { Bool: { a: 1 } } }, "p.Condition.Bool.a: expected text"],
    [{ Condition: { Bool: 1 } }, "p.Condition.Bool: expected an object"],
  ])("refuses %p", (statement, message) => expect(() => read(statement)).toThrow(`[env] ${message}`));
});

it("lists the retention periods of CloudWatch Logs", () => {
  expect(LOG_RETENTION_DAYS.join(" ")).toBe(
    "1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 2192 2557 2922 3288 3653",
  );
});
