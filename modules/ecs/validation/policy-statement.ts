import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type Construct } from "constructs";
import { Checks, formatValue } from "../../core/checks";
import { policyDocument, POLICY_STATEMENT, type PolicyStatement } from "../../core/iam-policy";
import * as kind from "../../core/kinds";
import { isUnresolved } from "../../core/tokens";
import { checkId } from "./shape";

/** Source: IAM user guide, "IAM JSON policy elements: Sid". */
const SID = /^[A-Za-z0-9]+$/;
/** A service prefix and the name of an action, in which wildcards are allowed; or every action of every service. */
const ACTION = /^(?:\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+)$/;
/** An ARN, in any field of which wildcards are allowed; or every resource. Source: IAM user guide, "IAM JSON policy elements: Resource". */
const RESOURCE = /^(?:\*|arn:(?:aws[a-z-]*|[a-z-]*[*?][a-z*?-]*):[a-z0-9*?-]+:[a-z0-9*?-]*:[^:\s]*:\S(?:[^\n\r]*\S)?)$/;
/** Source: IAM user guide, "IAM JSON policy elements: Condition operators". */
const OPERATORS = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
  "StringLike",
  "StringNotLike",
  "NumericEquals",
  "NumericNotEquals",
  "NumericLessThan",
  "NumericLessThanEquals",
  "NumericGreaterThan",
  "NumericGreaterThanEquals",
  "DateEquals",
  "DateNotEquals",
  "DateLessThan",
  "DateLessThanEquals",
  "DateGreaterThan",
  "DateGreaterThanEquals",
  "Bool",
  "BinaryEquals",
  "IpAddress",
  "NotIpAddress",
  "ArnEquals",
  "ArnNotEquals",
  "ArnLike",
  "ArnNotLike",
];
const OPERATOR = new RegExp(
  `^(?:(?:ForAllValues|ForAnyValue):)?(?:(?:${OPERATORS.join("|")})(?:IfExists)?|Null)$`,
  "i",
);
const CONDITION_KEY = /^[A-Za-z0-9-]+:\S+$/;

/** Where the policies of the application's role come from: the method that adds one, and the beginning of the ids of their constructs. */
export interface RolePolicies {
  readonly method: string;
  readonly idPrefix: string;
}

const TASK_POLICIES: RolePolicies = { method: "addTaskPolicy", idPrefix: "task-policy-" };

/** @throws ConfigurationError when a policy of the role has a malformed or taken name, or a statement that IAM refuses */
export function validateTaskPolicy(
  scope: Construct,
  id: string,
  statements: readonly PolicyStatement[],
  { method: prop, idPrefix }: RolePolicies = TASK_POLICIES,
): void {
  const checks = new Checks(scope);
  checkId(checks, prop, id);
  checks.require(scope.node.tryFindChild(`${idPrefix}${id}`) === undefined, {
    code: "ecs/policy-name-taken",
    prop,
    expected: "a different id for each policy",
    got: formatValue(id),
    remedy: "Use another id, or pass all statements at once.",
  });
  const read = kind.arrayOfKnownLength(POLICY_STATEMENT).read(statements, prop, checks);
  checkIdentityStatements(checks, prop, (read ?? []) as readonly PolicyStatement[]);
  checkSize(checks, prop, [
    ...policiesOf(scope, idPrefix),
    ...(read ? [policyDocument(read as readonly PolicyStatement[])] : []),
  ]);
  checks.throwIfInvalid();
}

/** Source: IAM user guide, "IAM and AWS STS quotas": all inline policies of a role together, without white space. */
const MAX_POLICY_CHARACTERS = 10_240;

/** The policies that the task role has already. */
function policiesOf(scope: Construct, idPrefix: string): string[] {
  const policies = scope.node.children.filter((child) => child instanceof IamRolePolicy);
  return policies.filter(({ node }) => node.id.startsWith(idPrefix)).map(({ policyInput }) => policyInput ?? "");
}

function checkSize(checks: Checks, prop: string, policies: readonly string[]): void {
  // What is known only at apply has a length of its own.
  const literal = policies.map((policy) => policy.replace(/\$\{TfToken\[[^\]]*\]\}/g, ""));
  const characters = literal.reduce((sum, policy) => sum + policy.replace(/\s/g, "").length, 0);
  checks.require(characters <= MAX_POLICY_CHARACTERS, {
    code: "ecs/policy-size",
    prop,
    expected: `at most ${MAX_POLICY_CHARACTERS} characters in all policies of the task role together`,
    got: `${characters}`,
    remedy: "Name the resources by a common prefix with a wildcard.",
  });
}

interface Place {
  readonly checks: Checks;
  /** `taskPolicyStatements[0]` */
  readonly prop: string;
}

/** Checks the statements of a policy that is attached to a role, which is its principal. */
export function checkIdentityStatements(checks: Checks, prop: string, statements: readonly PolicyStatement[]): void {
  for (const [index, statement] of statements.entries()) {
    const place = { checks, prop: `${prop}[${index}]` };
    checks.required(`${place.prop}.Effect`, statement.Effect, "Say Allow or Deny.");
    checkTexts(place, "Action", statement.Action, { pattern: ACTION, expected: "actions such as s3:GetObject" });
    checkTexts(place, "Resource", statement.Resource, {
      pattern: RESOURCE,
      expected: "ARNs, with wildcards or without, or *",
    });
    checkCondition(place, statement.Condition);
    refuse(place, statement.Principal !== undefined, {
      field: "Principal",
      expected: "no principal in the policy of a role",
      got: formatValue(statement.Principal),
      remedy: "Remove it: the role itself is the principal.",
    });
    checkSid(place, statement.Sid, statements.slice(0, index));
  }
}

function checkSid(place: Place, sid: string | undefined, before: readonly PolicyStatement[]): void {
  if (sid === undefined || isUnresolved(sid)) return;
  refuse(place, typeof sid !== "string" || !SID.test(sid), {
    field: "Sid",
    expected: "letters and digits only",
    got: formatValue(sid),
    remedy: "IAM refuses every other character: write it in camel case.",
  });
  const taken = before.findIndex(({ Sid }) => Sid === sid);
  refuse(place, taken >= 0, {
    field: "Sid",
    expected: "a different Sid for each statement",
    got: `${formatValue(sid)}, as in statement ${taken}`,
    remedy: "Change one of them, or leave it out.",
  });
}

/** What a policy may consist of. Source: IAM user guide, "IAM and AWS STS quotas", IAM name requirements. */
const POLICY_TEXT = /^[\t\n\r\x20-\xff]*$/;

interface Rule {
  readonly pattern: RegExp;
  readonly expected: string;
}

function checkTexts(place: Place, field: string, value: unknown, { pattern, expected }: Rule): void {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  const given = texts.length > 0 && texts.every((text) => typeof text === "string" && text.trim() !== "");
  refuse(place, !given, {
    field,
    expected: "text, or a list of it, with at least one element",
    got: formatValue(value),
    remedy: "IAM refuses a statement without it.",
  });
  const malformed = given ? texts.filter((text) => !isUnresolved(text) && !pattern.test(String(text))) : [];
  refuse(place, malformed.length > 0, {
    field,
    expected,
    got: malformed.map(formatValue).join(", "),
    remedy: "IAM refuses the whole policy because of it.",
  });
  const foreign = given ? texts.filter((text) => !POLICY_TEXT.test(String(text))) : [];
  refuse(place, foreign.length > 0, {
    field,
    expected: "characters from U+0020 to U+00FF",
    got: foreign.map(formatValue).join(", "),
    remedy: "IAM accepts no others in a policy: use a wildcard in their place.",
  });
}

function checkCondition(place: Place, condition: PolicyStatement["Condition"]): void {
  for (const [operator, tests] of Object.entries(condition ?? {})) {
    refuse(place, !isUnresolved(operator) && !OPERATOR.test(operator), {
      field: `Condition.${operator}`,
      expected: "a condition operator of IAM, such as StringEquals",
      got: formatValue(operator),
      remedy: "See the IAM user guide, Condition operators.",
    });
    const malformed = Object.keys(tests).filter((key) => !isUnresolved(key) && !CONDITION_KEY.test(key));
    refuse(place, malformed.length > 0, {
      field: `Condition.${operator}`,
      expected: "condition keys with a prefix, such as aws:SourceAccount",
      got: malformed.map(formatValue).join(", "),
      remedy: "See the service authorization reference for the keys of a service.",
    });
  }
}

interface Refusal {
  readonly field: string;
  readonly expected: string;
  readonly got: string;
  readonly remedy: string;
}

function refuse({ checks, prop }: Place, wrong: boolean, { field, expected, got, remedy }: Refusal): void {
  checks.require(!wrong, { code: "ecs/policy-statement", prop: `${prop}.${field}`, expected, got, remedy });
}
