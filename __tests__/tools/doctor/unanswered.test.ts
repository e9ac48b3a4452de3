import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Unanswered } from "../../../tools/doctor/account/ask";
import { DOCTOR_CHECKS } from "../../../tools/doctor/doctor-checks";
import { type Outcome } from "../../../tools/doctor/finding";
import { exitCodeOf } from "../../../tools/doctor/report";
import { verifyChecks } from "../../../tools/doctor/verify-checks";
import { ROOT } from "../../helpers/run-program";
import { useCredentials } from "../deploy/fixtures";
import { AwsFault } from "../deploy/scripted-aws";
import { diagnosed, statesOf } from "./diagnosis";
import { HEALTHY } from "./healthy";

useCredentials();
beforeAll(() => {
  process.env["AWS_MAX_ATTEMPTS"] = "1";
});

const denied = (action: string) =>
  new AwsFault("AccessDeniedException", `User: arn:aws:iam::1:user/ops is not authorized to perform: ${action}`);

const unchecked = (outcomes: readonly Outcome[]) =>
  outcomes.flatMap((outcome) => (outcome.state === "not checked" ? [outcome] : []));

/** Only asked for where something else is not as in a healthy environment. */
const RARE = ["DescribeDBClusters", "DescribeDBProxies", "DescribeServerlessCaches"];

it.each(Object.keys(HEALTHY).filter((operation) => !RARE.includes(operation)))(
  "is not healthy when %s is not allowed",
  async (operation) => {
    const { outcomes, findings, aws } = await diagnosed({ answers: { [operation]: denied(`some:${operation}`) } });
    expect(aws.inputs(operation).length).toBeGreaterThan(0);
    expect(findings).toEqual([]);
    const all = unchecked(outcomes);
    expect(all.length).toBeGreaterThan(0);
    for (const { action, why } of all) {
      expect(action).toBe(`some:${operation}`);
      expect(why).toContain("grant the permission");
    }
    expect(exitCodeOf(outcomes)).toBe(1);
  },
);

it("names the action that it asked for when AWS names none, as EC2 does", async () => {
  const fault = new AwsFault("UnauthorizedOperation", "You are not authorized to perform this operation.", 403);
  const { outcomes } = await diagnosed({ answers: { DescribeSecurityGroups: fault } });
  expect(unchecked(outcomes)).toEqual([
    expect.objectContaining({ check: "security-groups", action: "ec2:DescribeSecurityGroups" }),
  ]);
});

it.each([
  ["ThrottlingException", "Rate exceeded", /refuses more requests for now/],
  ["InternalFailure", "We are sorry.", /^AWS answered InternalFailure: We are sorry\.$/],
])("says %s in words and goes on with the other checks", async (code, message, why) => {
  const diagnosis = await diagnosed({ answers: { DescribeAlarms: new AwsFault(code, message) } });
  expect(unchecked(diagnosis.outcomes)).toEqual([
    {
      check: "alarms",
      state: "not checked",
      action: "cloudwatch:DescribeAlarms",
      why: expect.stringMatching(why) as string,
    },
  ]);
  expect(Object.values(statesOf(diagnosis)).filter((state) => state === "healthy")).toHaveLength(
    DOCTOR_CHECKS.length - 1,
  );
});

it("ends when the credentials expire, because no further check could be made", async () => {
  const fault = new AwsFault("ExpiredTokenException", "The security token included in the request is expired");
  await expect(diagnosed({ answers: { DescribeAlarms: fault } })).rejects.toThrow("security token");
});

it("says that no name server answers", async () => {
  const { outcomes } = await diagnosed({ addresses: () => Promise.reject(new Unanswered("DNS", "no answer")) });
  expect(unchecked(outcomes)).toEqual([{ check: "dns", state: "not checked", action: "DNS", why: "no answer" }]);
});

describe("the README", () => {
  const readme = readFileSync(join(ROOT, "tools/doctor/README.md"), "utf8");

  function sources(folder: string): string[] {
    return readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? sources(path) : [readFileSync(path, "utf8")];
    });
  }

  it("lists every permission that the checks ask for, and no other", () => {
    const text = sources(join(ROOT, "tools/doctor")).join("\n");
    const asked = new Set([...text.matchAll(/\bask(?:IfPresent)?\(\s*"([^"]+)"/g)].map(([, action]) => action));
    expect(asked.size).toBeGreaterThan(30);
    const listed = new Set([...readme.matchAll(/`([a-z0-9-]+:[A-Z]\w+)`/g)].map(([, action]) => action));
    expect([...asked].filter((action) => !listed.has(action))).toEqual([]);
    const deeper = [
      "sts:GetCallerIdentity",
      "ecs:DescribeTasks",
      "ecr:BatchGetImage",
      "servicequotas:GetAWSDefaultServiceQuota",
    ];
    expect([...listed].filter((action) => !asked.has(action) && !deeper.includes(action!))).toEqual([]);
  });

  it("has a row for each check", () => {
    const names = [...DOCTOR_CHECKS, ...verifyChecks(undefined)].map(({ name }) => name);
    expect(names.filter((name) => !readme.includes(`| \`${name}\``))).toEqual([]);
  });
});
