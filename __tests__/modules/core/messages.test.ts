import { refusal } from "../../helpers/refusal";
import { type Maker, MAKERS } from "../bad-inputs/makers";
import { brokenBucketRule } from "../../../modules/core/bucket-name";
import { formatValue } from "../../../modules/core/format-value";

/** The message must name what is wrong first, not something else about the value. */
it.each<[string, Maker, object, string]>([
  ["an engine version as number", "database", { engineVersion: 17 }, "got 17. Write it in quotes."],
  ["a cache version as number", "cache", { engineVersion: 8 }, "got 8. Write it in quotes."],
  [
    "an account as number",
    "logBucket",
    { accountId: 123456789012 },
    'got 123456789012. Pass it as text, "123456789012"',
  ],
  ["the account of a key as number", "encryptionKey", { accountId: 123456789012 }, "Write it in quotes."],
  [
    "an account of an environment as number",
    "prod",
    { accountId: 123456789012 },
    "got 123456789012. Write it in quotes.",
  ],
  ["a port as text", "service", { containerPort: "3000" }, 'got "3000". Write it as a number, without quotes.'],
  ["a port of a database as text", "database", { port: "5432" }, 'got "5432". Write it as a number, without quotes.'],
  ["seconds as text", "loadBalancer", { idleTimeoutSec: "60" }, 'got "60". Write it as a number, without quotes.'],
  ["a switch as text", "network", { ipv6: "true" }, "Write true or false, without quotes."],
  ["a port that is too low", "service", { containerPort: 80 }, "cannot listen below 1024."],
  ["an image with a space", "service", { image: "crm:1.0.0 " }, 'got "crm:1.0.0 " with white space after it.'],
  ["a release with a space", "prod", { release: "0.1.0 " }, 'got "0.1.0 " with white space after it.'],
  [
    "a reserved bucket prefix",
    "logBucket",
    { bucketName: "sthree-logs" },
    "expected a name without sthree-, which S3 reserves",
  ],
  [
    "a log retention of an environment",
    "prod",
    { logRetentionDays: 31 },
    "[environments/prod] logRetentionDays: expected one of",
  ],
])("%s (%s)", (_, maker, changes, text) => {
  const lines = refusal((stack) => void MAKERS[maker](stack, changes));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(text);
});

it.each([
  ["sthree-x", "a name without sthree-, which S3 reserves"],
  ["amzn-s3-demo-bucket", "a name without amzn-s3-demo-, which S3 reserves"],
  ["logs-s3alias", "a name without -s3alias, which S3 reserves"],
  ["a..b", "a name without two dots in a row"],
  ["192.168.1.1", "a name that does not look like an IP address"],
  ["Logs", "3 to 63 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit"],
  ["logs", undefined],
])("the bucket name %s breaks the rule: %p", (name, rule) => expect(brokenBucketRule(name)).toBe(rule));

it.each([
  ["x ", '"x " with white space after it'],
  ["\tx", '"\\u0009x" with white space before it'],
  [" x ", '" x " with white space around it'],
  ["x y", '"x y"'],
  [" ", '" "'],
  [`${"x".repeat(90)} `, `"${"x".repeat(79)}… with white space after it`],
])("%j is shown as %s", (value, shown) => expect(formatValue(value)).toBe(shown));
