import { type Checks, formatValue } from "./checks";
import { isUnresolved } from "./tokens";

/** Names that S3 accepts. Source: S3 user guide, "General purpose bucket naming rules". */
export const BUCKET_NAME =
  /^(?!xn--|sthree-|amzn-s3-demo-|\d+\.\d+\.\d+\.\d+$)(?!.*(\.\.|-s3alias$|--ol-s3$|\.mrap$|--x-s3$|--table-s3$))[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

const RESERVED = /^(?:xn--|sthree-|amzn-s3-demo-)|(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/;

export const BUCKET_NAME_RULE =
  "3 to 63 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit";

/** Returns the rule of S3 that a bucket name breaks; `undefined` when S3 accepts it. */
export function brokenBucketRule(name: string): string | undefined {
  if (BUCKET_NAME.test(name)) return undefined;
  const [reserved] = RESERVED.exec(name) ?? [];
  if (reserved !== undefined) return `a name without ${reserved}, which S3 reserves`;
  if (name.includes("..")) return "a name without two dots in a row";
  return /^\d+(?:\.\d+){3}$/.test(name) ? "a name that does not look like an IP address" : BUCKET_NAME_RULE;
}

/** Requires a name that S3 accepts for a bucket, unless it is known only at apply. */
export function checkBucketName(checks: Checks, prop: string, name: string | undefined, remedy: string): void {
  if (name === undefined || isUnresolved(name)) return;
  const expected = typeof name === "string" ? brokenBucketRule(name) : BUCKET_NAME_RULE;
  if (expected !== undefined) {
    checks.add({ code: "core/wrong-format", prop, expected, got: formatValue(name), remedy });
  }
}
