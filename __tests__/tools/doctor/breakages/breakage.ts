import { AwsFault, type Script } from "../../deploy/scripted-aws";
import { type Groups, GROUPS, securityGroups, taskDefinition } from "../healthy";
import { type Case } from "../diagnosis";

export const groups = (changes: Groups): Script => ({
  DescribeSecurityGroups: securityGroups({ ...GROUPS, ...changes }),
});
export const environment = (variables: Readonly<Record<string, string>>): Script => ({
  DescribeTaskDefinition: taskDefinition(variables),
});
export const notFound = (code = "ResourceNotFoundException") => new AwsFault(code, "It does not exist.");

/** Something that is broken, the check that is about it, and what that says. */
export type Breakage = readonly [breakage: string, check: string, changes: Case, what: RegExp];
