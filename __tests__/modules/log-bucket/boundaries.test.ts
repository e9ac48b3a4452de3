import { LogBucket, type LogBucketProps } from "../../../modules/log-bucket";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";

const minimal: LogBucketProps = { name: "crm", accountId: "123456789012" };
const made = (props: object) =>
  synthesize((stack) => void new LogBucket(stack, "logs", { ...minimal, ...props })).count("aws_s3_bucket");
const refused = (props: object) =>
  refusal((stack) => void new LogBucket(stack, "logs", { ...minimal, ...props })).map((line) =>
    line.replace("[test/logs] ", ""),
  );
const folders = (count: number) => Array.from({ length: count }, (_, index) => `f${index}`);

it.each<[string, object]>([
  ["a day", { retentionDays: 1 }],
  ["ten years", { retentionDays: 3653 }],
  ["every writer", { writers: ["load-balancer", "vended-logs", "s3-access-logs"] }],
  ["20 folders", { prefixes: folders(20) }],
  ["512 characters of folder", { prefixes: ["a".repeat(512)] }],
  ["every character of a folder", { prefixes: ["Aa0!_.'()-/b"] }],
])("accepts %s", (_, props) => expect(made(props)).toBe(1));

const account = (got: string) =>
  `accountId: expected the 12 digits of the account as a literal, got "${got}". Pass it as text, "123456789012": it is part of the bucket's name and of its policy.`;

it.each<[string, object, string]>([
  [
    "a stem with capitals",
    { name: "CRM" },
    'name: expected lower-case letters, digits and single hyphens, at most 40, beginning with a letter, got "CRM". Use a literal such as "messenger-crm-prod".',
  ],
  ["13 digits", { accountId: "1234567890123" }, account("1234567890123")],
  ["something before the digits", { accountId: "a123456789012" }, account("a123456789012")],
  [
    "two writers twice",
    { writers: ["load-balancer", "load-balancer", "load-balancer"] },
    'writers: expected each writer once, got "load-balancer", "load-balancer". Remove the repeated one.',
  ],
  [
    "21 folders",
    { prefixes: folders(21) },
    `prefixes: expected 0 to 20, got 21 (${folders(21).join(", ")}). A bucket policy is limited to 20 KB.`,
  ],
])("refuses %s", (_, props, message) => expect(refused(props)).toEqual([message]));

it.each(["a".repeat(513), "/a", "a/", "a//b", "xAWSLogs", "a/xxAWSLogs", "a b"])("refuses the folder %s", (prefix) => {
  const [line, ...rest] = refused({ prefixes: [prefix] });
  expect(rest).toEqual([]);
  expect(line).toMatch(/^prefixes: expected folders without a slash at either end/);
});
