import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { type CompleteRegistryProps } from "../defaults";

/** Source: ECR API reference, CreateRepository.repositoryName. */
const REPOSITORY_NAME = /^(?=.{2,256}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/** Characters of an image tag, and the wildcard; ECR accepts up to four wildcards in a pattern. */
const TAG_PATTERN = /^(?=.{1,128}$)(?!(?:[^*]*\*){5})[A-Za-z0-9_.*-]+$/;

/** The image for a rollback must survive the next push. */
const MIN_IMAGES = 2;
const MAX_IMAGES = 10_000;
/** A lifecycle policy has at most 50 rules, of which the construct needs two. Source: ECR user guide, "Service quotas". */
const MAX_PATTERNS = 48;

/** @throws ConfigurationError with every problem of the props */
export function validateRegistry(checks: Checks, props: CompleteRegistryProps): void {
  if (checks.required("repositoryName", props.repositoryName, 'Name it, for example "messenger-crm".')) {
    checks.matches(
      "repositoryName",
      props.repositoryName,
      REPOSITORY_NAME,
      "2 to 256 lower-case letters and digits, separated by single . _ - or /",
      'Use a name such as "messenger-crm" or "crm/messenger".',
      "registry/repository-name",
    );
  }
  checkRetention(checks, props);
  checks.arn("kmsKeyArn", props.kmsKeyArn, ARN_TYPES.kmsKey, "Pass the ARN of a KMS key, not its id or alias.");
  checkAccounts(checks, props.pullAccountIds);
  checks.throwIfInvalid();
}

function checkRetention(checks: Checks, props: CompleteRegistryProps): void {
  const range = { min: MIN_IMAGES, max: MAX_IMAGES };
  const remedy = "A rollback needs the image before the newest one.";
  checkLiteralInteger(checks, "keepTaggedImages", props.keepTaggedImages, range, remedy);
  checkLiteralInteger(
    checks,
    "expireUntaggedAfterDays",
    props.expireUntaggedAfterDays,
    { min: 1, max: 3650 },
    "Untagged images are left behind by interrupted pushes.",
  );
  const patterns = Object.entries(props.keepByTagPattern ?? {});
  checks.count(
    "keepByTagPattern",
    patterns.map(([pattern]) => pattern),
    { min: 0, max: MAX_PATTERNS },
    "A lifecycle policy has at most 50 rules, two of which are the construct's own.",
  );
  for (const [pattern, count] of patterns) {
    const prop = `keepByTagPattern.${pattern}`;
    checks.require(!isUnresolved(pattern) && TAG_PATTERN.test(pattern) && pattern !== "*", {
      code: "registry/tag-pattern",
      prop,
      expected: "a tag pattern: letters, digits, . _ - and at most four *",
      got: formatValue(pattern),
      remedy: pattern === "*" ? "Set keepTaggedImages for all other tags." : 'Use a pattern such as "release-*".',
    });
    checkLiteralInteger(checks, prop, count, range, remedy);
  }
}

/** Requires a literal: the lifecycle policy is JSON written at synth, in which a token of a number would be an arbitrary number. */
function checkLiteralInteger(
  checks: Checks,
  prop: string,
  value: number,
  range: { min: number; max: number },
  remedy: string,
): void {
  checks.require(!isUnresolved(value), {
    code: "core/literal-required",
    prop,
    expected: "a literal number",
    got: formatValue(value),
    remedy: "The lifecycle policy is written at synth.",
  });
  checks.integer(prop, value, range, remedy);
}

function checkAccounts(checks: Checks, accountIds: readonly string[] | undefined): void {
  if (accountIds === undefined) return;
  if (!Array.isArray(accountIds) || isUnresolved(accountIds)) {
    checks.add({
      code: "core/literal-required",
      prop: "pullAccountIds",
      expected: "a list of account ids",
      got: formatValue(accountIds),
      remedy: "Write the list out: the repository policy is written at synth.",
    });
    return;
  }
  checks.distinct("pullAccountIds", accountIds, "account", "Remove the repeated one.");
  const remedy = "Pass account ids, not ARNs or aliases.";
  for (const accountId of accountIds as readonly string[]) {
    checks.matches("pullAccountIds", accountId, /^\d{12}$/, "12 digits", remedy, "registry/account-id");
  }
}
