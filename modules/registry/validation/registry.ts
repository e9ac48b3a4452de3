import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { type CompleteRegistryProps } from "../defaults";

/** Source: ECR API reference, CreateRepository.repositoryName. */
const REPOSITORY_NAME = /^(?=.{2,256}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/** Characters of an image tag, and the wildcard; ECR takes up to four wildcards in a pattern. */
const TAG_PATTERN = /^(?=.{1,128}$)(?!(?:[^*]*\*){5})[A-Za-z0-9_.*-]+$/;

/** The images that a rollback needs must outlive the next push. */
const FEWEST_IMAGES = 2;
const MOST_IMAGES = 10_000;
/** ECR takes 50 rules; two of them are ours. Source: ECR user guide, "Service quotas". */
const MOST_PATTERNS = 48;

/** @throws ConfigurationError with every problem of the props */
export function validateRegistry(checks: Checks, props: CompleteRegistryProps): void {
  if (checks.required("repositoryName", props.repositoryName, 'Name it, for example "messenger-crm".')) {
    checks.matches(
      "repositoryName",
      props.repositoryName,
      REPOSITORY_NAME,
      "2 to 256 lower-case letters and digits, parted by single . _ - or /",
      'Use a name such as "messenger-crm" or "crm/messenger".',
    );
  }
  checkRetention(checks, props);
  checks.arn("kmsKeyArn", props.kmsKeyArn, "kms", "Pass the ARN of a KMS key, not its id or alias.");
  checkAccounts(checks, props.pullAccountIds);
  checks.throwIfInvalid();
}

function checkRetention(checks: Checks, props: CompleteRegistryProps): void {
  const range = { min: FEWEST_IMAGES, max: MOST_IMAGES };
  const remedy = "A rollback needs the image before the newest one.";
  checkLiteralInteger(checks, "keepTaggedImages", props.keepTaggedImages, range, remedy);
  checkLiteralInteger(
    checks,
    "expireUntaggedAfterDays",
    props.expireUntaggedAfterDays,
    { min: 1, max: 3650 },
    "Untagged images are what a moved tag or a broken push leaves behind.",
  );
  const patterns = Object.entries(props.keepByTagPattern ?? {});
  checks.count(
    "keepByTagPattern",
    patterns.map(([pattern]) => pattern),
    { min: 0, max: MOST_PATTERNS },
    "ECR takes 50 rules.",
  );
  for (const [pattern, count] of patterns) {
    const prop = `keepByTagPattern.${pattern}`;
    checks.require(!isUnresolved(pattern) && TAG_PATTERN.test(pattern) && pattern !== "*", {
      prop,
      expected: "a tag pattern: letters, digits, . _ - and at most four *",
      got: formatValue(pattern),
      remedy: pattern === "*" ? "The count for all other tags is keepTaggedImages." : 'For example "release-*".',
    });
    checkLiteralInteger(checks, prop, count, range, remedy);
  }
}

/** The policy is JSON made at synth: a number that is known only at apply would stand in it as garbage. */
function checkLiteralInteger(
  checks: Checks,
  prop: string,
  value: number,
  range: { min: number; max: number },
  remedy: string,
): void {
  if (isUnresolved(value)) {
    checks.add({ prop, expected: "a literal number", got: formatValue(value), remedy: "The policy is made at synth." });
  }
  checks.integer(prop, value, range, remedy);
}

function checkAccounts(checks: Checks, accountIds: readonly string[] | undefined): void {
  if (accountIds === undefined) return;
  if (!Array.isArray(accountIds) || isUnresolved(accountIds)) {
    const remedy = "Pass the ids one by one.";
    checks.add({ prop: "pullAccountIds", expected: "a list of account ids", got: formatValue(accountIds), remedy });
    return;
  }
  for (const accountId of accountIds as readonly string[]) {
    checks.matches("pullAccountIds", accountId, /^\d{12}$/, "12 digits", "Pass account ids, not ARNs or aliases.");
  }
}
