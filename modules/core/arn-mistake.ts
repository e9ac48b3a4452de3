import { parseArn } from "./arn";
import { type ArnType } from "./arn-types";
import { formatValue } from "./format-value";
import { type Location, locationOf } from "./location";
import { type Origin } from "./origin";
import { partitionOf } from "./regions";

export interface ArnMistake {
  readonly expected: string;
  readonly got: string;
}

/** Returns what is wrong with the ARN of a resource that is used from the given location; `undefined` when it fits. */
export function describeArnMistake(value: unknown, type: ArnType, location: Location): ArnMistake | undefined {
  const expected = expectedArn(type);
  const got = formatValue(value);
  const flaw = describeFlaw(value, type);
  if (flaw !== undefined) return { expected, got: flaw === "" ? got : `${got}, ${flaw}` };
  return describeForeignLocation(parseArn(String(value))!, type, location);
}

/** Returns what is wrong with the attribute of another resource of the app in place of an ARN; `undefined` when it fits. */
export function describeOriginMistake(origin: Origin, type: ArnType, location: Location): ArnMistake | undefined {
  const { resource, attribute } = origin;
  const name = `${resource.terraformResourceType}.${attribute}`;
  const isNamed = attribute === "arn" || attribute === "id";
  if (isNamed && type.attributes && !type.attributes.includes(name)) {
    return { expected: expectedArn(type), got: `${name} of ${resource.node.path}` };
  }
  const flaw = type.describeFlaw?.(origin);
  if (flaw !== undefined) return { expected: type.what, got: flaw };
  return describeForeignLocation(locationOf(resource, resource.provider), type, location);
}

function expectedArn({ what, service, form }: ArnType): string {
  return `the ARN of ${what}, arn:…:${service}:<region>:<account>:${form}`;
}

/** Whether the text is the ARN of a resource of the type, wherever the resource is. */
export function fitsArnType(text: string, type: ArnType): boolean {
  return describeFlaw(text, type) === undefined;
}

/** Says what keeps text from being an ARN of the type: `""` for text that is no ARN at all. */
function describeFlaw(value: unknown, { service, resource, withoutAccount }: ArnType): string | undefined {
  if (typeof value !== "string") return "";
  if (/\s/.test(value.trim()) && value.trim().startsWith("arn:")) return "which has white space in it";
  const arn = parseArn(value);
  if (!arn) return "";
  if (arn.service !== service) return `which is of ${arn.service}`;
  if (!resource.test(arn.resource)) return `which ends in ${formatValue(arn.resource)}`;
  if (arn.region === "") return "which has no region";
  // WAF keeps what belongs to CloudFront in us-east-1. Source: WAFV2 API reference, AssociateWebACL.
  if (arn.resource.startsWith("global/") && arn.region !== "us-east-1") return `which is global, but of ${arn.region}`;
  if (partitionOf(arn.region) !== arn.partition)
    return `whose region ${arn.region} is not in partition ${arn.partition}`;
  return withoutAccount || /^\d{12}$/.test(arn.accountId) ? undefined : "which has no account";
}

function describeForeignLocation(
  { region, accountId }: Location,
  { what, scope }: ArnType,
  location: Location,
): ArnMistake | undefined {
  const differs = (one: string | undefined, other: string | undefined) =>
    one !== undefined && other !== undefined && one !== other;
  if ((scope === "account" || scope === "region") && differs(location.region, region)) {
    return { expected: `${what} in ${location.region}, the region of the stack`, got: `one in ${region}` };
  }
  if ((scope === "account" || scope === "edge") && differs(location.accountId, accountId)) {
    return { expected: `${what} of account ${location.accountId}, that of the stack`, got: `one of ${accountId}` };
  }
  return undefined;
}
