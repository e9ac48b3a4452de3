import { type Finding } from "./finding";
import { type Forge } from "./forge";
import { type Place } from "./role-policies";
import { type WantedRole } from "./roles";

/** What bootstrap found and did, as `--json` prints it. */
export interface BootstrapReport {
  readonly command: "bootstrap";
  readonly accountId: string;
  /** ARN of whose credentials were used. */
  readonly identity: string;
  /** Stacks of this account. */
  readonly stacks: readonly string[];
  /** Stacks that need a run with credentials of their own account. */
  readonly otherStacks: readonly { readonly stack: string; readonly accountId: string }[];
  readonly findings: readonly ReportedFinding[];
  /** `undefined` when no stack of the account creates one, or it was left alone. */
  readonly repository: { readonly name: string; readonly state: RepositoryState } | undefined;
  readonly variables: readonly Variable[];
  /** Whether everything is as it has to be. */
  readonly ready: boolean;
}

/** One thing that the account needs. `isChanged` says whether `changes` were made. */
export interface ReportedFinding extends Pick<Finding, "subject" | "fits" | "problems"> {
  readonly changes: readonly string[];
  readonly isChanged: boolean;
}

export type RepositoryState = "unchanged" | "applied" | "not applied";

/** A variable of the pipeline, which a person sets at the forge. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  /** Environment at the forge that it belongs to; `undefined` for the whole repository. */
  readonly environment: string | undefined;
}

export function reportedFinding({ subject, fits, changes, problems }: Finding, isMade: boolean): ReportedFinding {
  return { subject, fits, changes: changes.map(({ what }) => what), problems, isChanged: isMade && changes.length > 0 };
}

/** Lists the variables with which a pipeline finds its roles and region. */
export function variablesOf(roles: readonly WantedRole[], { partition, accountId, stacks }: Place): Variable[] {
  const ofRoles = roles.map(({ name, variable }) => ({
    name: variable.name,
    value: `arn:${partition}:iam::${accountId}:role/${name}`,
    environment: variable.environment,
  }));
  return [...ofRoles, { name: "AWS_REGION", value: stacks[0]!.region, environment: undefined }];
}

export function renderVariables({ name: forge }: Forge, variables: readonly Variable[]): string {
  const rows = variables.map(({ name, value, environment }) => {
    const level = environment === undefined ? "repository" : `environment ${environment}`;
    return `  ${name} = ${value}  (${level})`;
  });
  return [`Variables of the pipeline on ${forge} (docs/ci.md says where):`, ...rows].join("\n");
}
