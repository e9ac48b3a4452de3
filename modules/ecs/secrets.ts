import { parseArn } from "../core/arn";
import * as kind from "../core/kinds";
import { partitionOf } from "../core/regions";
import { escapeTemplate, isUnresolved } from "../core/tokens";

const SECRET_SERVICES = ["secretsmanager", "ssm"] as const;
type SecretService = (typeof SECRET_SERVICES)[number];

export interface SecretReference {
  /** Full ARN of a Secrets Manager secret or of an SSM parameter. */
  readonly arn: string;
  /**
   * Which service the ARN belongs to; needed only for the ARN of a parameter that is known only at apply.
   * @default read from the ARN; `secretsmanager` when it is known only at apply
   */
  readonly service?: SecretService | undefined;
  /**
   * Key of a JSON secret whose value to take.
   * @default the whole secret
   */
  readonly jsonKey?: string | undefined;
  /**
   * Staging label of the version.
   * @default AWSCURRENT
   */
  readonly versionStage?: string | undefined;
  /**
   * Id of the version: a rotation then changes the task definition, and with it the running tasks.
   * @default the version that is labelled AWSCURRENT when a task starts
   */
  readonly versionId?: string | undefined;
}

/** A reference, or ECS's own `valueFrom` text: `arn:…:secret:name-AbCdEf:jsonKey:versionStage:versionId`. */
export type SecretSource = string | SecretReference;

/** Environment variables and where ECS takes their values from when it starts a container. */
export type SecretVariables = Readonly<Record<string, SecretSource>>;

const SECRET_REFERENCE = kind.object<SecretReference>({
  arn: kind.string,
  service: kind.literalOneOf(SECRET_SERVICES, "Leave it out for a literal ARN."),
  jsonKey: kind.string,
  versionStage: kind.string,
  versionId: kind.string,
});

export const SECRET_VARIABLES = kind.record(kind.stringOr(SECRET_REFERENCE));

/** Names of secrets, and what ECS appends: JSON key, staging label and version id. Source: ECS developer guide, "Pass Secrets Manager secrets through environment variables". */
const SECRET = /^secret:([A-Za-z0-9/_+=.@!-]{1,519})(?::[^:]*:[^:]*:[A-Za-z0-9-]*)?$/;
/** Names of parameters, with their slashes. Source: Systems Manager API reference, PutParameter.Name. */
const PARAMETER = /^parameter(?:\/[A-Za-z0-9_.-]+)+$/;

/** Whether ECS can inject what the ARN names; a token is accepted. */
export function isInjectable(arn: string): boolean {
  if (isUnresolved(arn)) return true;
  const parsed = parseArn(arn);
  if (!parsed || partitionOf(parsed.region) !== parsed.partition || parsed.accountId === "") return false;
  if (parsed.service === "ssm") return PARAMETER.test(parsed.resource);
  return parsed.service === "secretsmanager" && SECRET.test(parsed.resource);
}

/** Returns the service that holds the value, which decides the permission to read it. */
export function serviceOf(source: SecretSource): SecretService {
  if (typeof source !== "string" && source.service) return source.service;
  const arn = typeof source === "string" ? source : source.arn;
  return !isUnresolved(arn) && parseArn(arn)?.service === "ssm" ? "ssm" : "secretsmanager";
}

/** Returns the `valueFrom` text of ECS. */
export function valueFrom(source: SecretSource): string {
  if (typeof source === "string") return source;
  const { arn, jsonKey = "", versionStage = "", versionId = "" } = source;
  return jsonKey || versionStage || versionId
    ? [arn, ...[jsonKey, versionStage, versionId].map(escapeTemplate)].join(":")
    : arn;
}

/**
 * Returns the IAM resources for reading a source: its ARN. ECS also finds a secret by an ARN without the six random characters
 * at its end, but IAM compares with the full ARN. So wildcards are added for them where they are missing or may be missing. Source: Secrets Manager user guide, "What's in a Secrets Manager secret?".
 */
export function iamResources(source: SecretSource): string[] {
  const arn = typeof source === "string" ? source : source.arn;
  const parsed = isUnresolved(arn) ? undefined : parseArn(arn);
  if (parsed?.service !== "secretsmanager") return [arn];
  const name = SECRET.exec(parsed.resource)?.[1] ?? "";
  const base = arn.slice(0, arn.length - parsed.resource.length) + `secret:${name}`;
  if (!/-[A-Za-z0-9]{6}$/.test(name)) return [`${base}-??????`];
  return /-[a-z]{6}$/.test(name) ? [base, `${base}-??????`] : [base];
}
