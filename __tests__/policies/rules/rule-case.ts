import { type Mutation } from "../mutation";
import { type Subject } from "./subjects";

/** One way in which a compliant resource can violate a rule. */
export interface RuleCase {
  readonly rule: string;
  readonly subject: Subject;
  readonly mutation: Mutation;
  /** Attribute that the finding reports. */
  readonly attribute: string;
}

export function ruleCase(rule: string, subject: Subject, mutation: Mutation, attribute: string): RuleCase {
  return { rule, subject, mutation, attribute };
}
