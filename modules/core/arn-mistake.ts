import { parseArn } from "./arn";
import { type ArnType } from "./arn-types";
import { formatValue } from "./format-value";
import { type Location } from "./location";
import { partitionOf } from "./regions";

interface Mistake {
  readonly expected: string;
  readonly got: string;
}

/** Returns what is wrong with the ARN of a resource that is used from the given location; `undefined` when it fits. */
export function describeArnMistake(value: unknown, type: ArnType, location: Location): Mistake | undefined {
  const expected = `the ARN of ${type.what}, arn:…:${type.service}:<region>:<account>:${type.form}`;
  const got = formatValue(value);
  const flaw = describeFlaw(value, type);
  if (flaw !== undefined) return { expected, got: flaw === "" ? got : `${got}, ${flaw}` };
  return describeForeignLocation(String(value), type, location);
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

function describeForeignLocation(value: string, { what, scope }: ArnType, location: Location): Mistake | undefined {
  const arn = parseArn(value)!;
  if (scope !== "anywhere" && location.region !== undefined && arn.region !== location.region) {
    return { expected: `${what} in ${location.region}, the region of the stack`, got: `one in ${arn.region}` };
  }
  if (scope === "account" && location.accountId !== undefined && arn.accountId !== location.accountId) {
    return { expected: `${what} of account ${location.accountId}, that of the stack`, got: `one of ${arn.accountId}` };
  }
  return undefined;
}
