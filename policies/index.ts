// The public API of `cdktf-aws-websocket/policies`.
export { Configuration } from "./configuration";
export { enforcePolicies, type PolicedStack, PolicyGate } from "./enforce";
export { type PolicyException } from "./exceptions";
export { judge, type JudgedStack, type PolicyOptions } from "./judge";
export { PolicyViolationError } from "./policy-violation-error";
export { Resource } from "./resource";
export { type Finder, type Finding, Rule, type RuleProps, type Severity, type Tier } from "./rule";
export { allRules } from "./rules";
export { type ExceptedResource, type Outcome, type RuleVerdict, type StackVerdict, type Violation } from "./verdict";
export { writeVerdicts } from "./verdict-file";
