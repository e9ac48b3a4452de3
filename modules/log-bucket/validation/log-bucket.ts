import { checkBucketName } from "../../core/bucket-name";
import { type Checks, formatValue } from "../../core/checks";
import { BUCKET_PREFIXES } from "../../core/reserved-prefixes";
import { type CompleteLogBucketProps } from "../defaults";
import { WRITERS } from "../writers";

/** @throws ConfigurationError with every problem of the props */
export function validateLogBucket(checks: Checks, props: CompleteLogBucketProps): void {
  checks.baseName("name", props.name, props.bucketName === undefined ? BUCKET_PREFIXES : []);
  checkAccountId(checks, props.accountId);
  checkBucketName(checks, "bucketName", props.bucketName, "Leave it out to have it derived from name and accountId.");
  checks.integer(
    "retentionDays",
    props.retentionDays,
    { min: 1, max: 3653, unit: "days" },
    "Access logs hold IP addresses and query strings: keep them no longer than necessary.",
  );
  checkWriters(checks, props.writers);
  checkPrefixes(checks, props.prefixes);
  checks.throwIfInvalid();
}

function checkAccountId(checks: Checks, accountId: string): void {
  const remedy = 'Pass it as text, "123456789012": it is part of the bucket\'s name and of its policy.';
  checks.require(typeof accountId === "string" && /^\d{12}$/.test(accountId), {
    code: "log-bucket/account-id",
    prop: "accountId",
    expected: "the 12 digits of the account as a literal",
    got: formatValue(accountId),
    remedy,
  });
}

function checkWriters(checks: Checks, writers: CompleteLogBucketProps["writers"]): void {
  const prop = "writers";
  checks.count(prop, writers, { min: 1, max: WRITERS.length }, "Name at least one service that writes to the bucket.");
  if (!Array.isArray(writers)) return;
  checks.distinct(prop, writers, "writer", "Remove the repeated one.");
}

function checkPrefixes(checks: Checks, prefixes: readonly string[]): void {
  const prop = "prefixes";
  checks.count(prop, prefixes, { min: 0, max: 20 }, "A bucket policy is limited to 20 KB.");
  if (!Array.isArray(prefixes)) return;
  checks.distinct(prop, prefixes, "folder", "Remove the repeated one.");
  for (const prefix of prefixes as readonly string[]) {
    checks.matches(
      prop,
      prefix,
      /^(?=.{1,512}$)(?!.*AWSLogs)[A-Za-z0-9!_.'()-]+(\/[A-Za-z0-9!_.'()-]+)*$/,
      "folders without a slash at either end, and without AWSLogs in them",
      "For example alb, or alb/crm.",
    );
  }
}
