import * as kind from "./kinds";

const EFFECTS = ["Allow", "Deny"] as const;

/** One statement of an IAM policy, with IAM's own field names. */
export interface PolicyStatement {
  readonly Sid?: string | undefined;
  readonly Effect: (typeof EFFECTS)[number];
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>> | undefined;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[] | undefined;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>> | undefined;
}

/** The JSON is written at synth: elements may be known only at apply, their number may not. */
const TEXTS = kind.stringOr(kind.arrayOfKnownLength(kind.string));

export const POLICY_STATEMENT = kind.object<PolicyStatement>({
  Sid: kind.string,
  Effect: kind.oneOf(EFFECTS, "IAM spells them like this."),
  Principal: kind.unknown,
  Action: TEXTS,
  Resource: TEXTS,
  Condition: kind.record(kind.record(TEXTS)),
});

/** Returns the JSON of an IAM policy; tokens inside become Terraform references. */
export function policyDocument(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Returns the trust policy that lets one AWS service assume a role. */
export function servicePrincipalTrust(service: string): string {
  return policyDocument([{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }]);
}
