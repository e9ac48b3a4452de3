import { Token } from "cdktf";
import { Registry, type RegistryProps } from "../../../modules/registry";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";

const minimal: RegistryProps = { repositoryName: "messenger-crm" };
const made = (props: object) =>
  synthesize((stack) => void new Registry(stack, "registry", { ...minimal, ...props })).count("aws_ecr_repository");
const refused = (props: object) =>
  refusal((stack) => void new Registry(stack, "registry", { ...minimal, ...props })).map((line) =>
    line.replace("[test/registry] ", ""),
  );
const patterns = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`v${index}-*`, 2]));

it.each<[string, object]>([
  ["two characters", { repositoryName: "ab" }],
  ["256 characters", { repositoryName: "a".repeat(256) }],
  ["folders and every separator", { repositoryName: "crm1/a.b_c-d/app" }],
  ["a long folder", { repositoryName: "messenger/crm" }],
  ["a separator in a folder", { repositoryName: "mess-enger/crm" }],
  ["two images", { keepTaggedImages: 2 }],
  ["10,000 images", { keepTaggedImages: 10_000 }],
  ["a day", { expireUntaggedAfterDays: 1 }],
  ["ten years", { expireUntaggedAfterDays: 3650 }],
  ["48 patterns", { keepByTagPattern: patterns(48) }],
  ["four wildcards", { keepByTagPattern: { "a*b*c*d*": 2 } }],
  ["128 characters in a pattern", { keepByTagPattern: { ["a".repeat(128)]: 2 } }],
  ["accounts", { pullAccountIds: ["123456789012"] }],
])("accepts %s", (_, props) => expect(made(props)).toBe(1));

const name = (got: string) =>
  `repositoryName: expected 2 to 256 lower-case letters and digits, separated by single . _ - or /, got "${got}". Use a name such as "messenger-crm" or "crm/messenger".`;
const pattern = (got: string, shown = `"${got}"`) =>
  `keepByTagPattern.${got}: expected a tag pattern: letters, digits, . _ - and at most four *, got ${shown}. Use a pattern such as "release-*".`;
const account = (got: string) =>
  `pullAccountIds: expected 12 digits, got "${got}". Pass account ids, not ARNs or aliases.`;

it.each<[string, object, string]>([
  ["a folder outside ASCII", { repositoryName: "é/app" }, name("é/app")],
  ["two separators in a folder", { repositoryName: "a--b/app" }, name("a--b/app")],
  ["a separator at the end of a folder", { repositoryName: "a-/app" }, name("a-/app")],
  ["another separator in a folder", { repositoryName: "a:b/app" }, name("a:b/app")],
  ["a separator at the end", { repositoryName: "app-" }, name("app-")],
  ["something before the name", { repositoryName: "/app" }, name("/app")],
  [
    "10,001 images",
    { keepTaggedImages: 10_001 },
    "keepTaggedImages: expected a whole number from 2 to 10000, got 10001. A rollback needs the image before the newest one.",
  ],
  [
    "more than ten years",
    { expireUntaggedAfterDays: 3651 },
    "expireUntaggedAfterDays: expected a whole number from 1 to 3650, got 3651. Untagged images are left behind by interrupted pushes.",
  ],
  [
    "49 patterns",
    { keepByTagPattern: patterns(49) },
    `keepByTagPattern: expected 0 to 48, got 49 (${Object.keys(patterns(49)).join(", ")}). A lifecycle policy has at most 50 rules, two of which are the construct's own.`,
  ],
  ["a pattern with something behind it", { keepByTagPattern: { "a b": 2 } }, pattern("a b")],
  [
    "129 characters in a pattern",
    { keepByTagPattern: { ["a".repeat(129)]: 2 } },
    pattern("a".repeat(129), `"${"a".repeat(79)}…`),
  ],
  ["five wildcards far apart", { keepByTagPattern: { "aa*bb*cc*dd*ee*": 2 } }, pattern("aa*bb*cc*dd*ee*")],
  [
    "one image of a pattern",
    { keepByTagPattern: { "v*": 1 } },
    "keepByTagPattern.v*: expected a whole number from 2 to 10000, got 1. A rollback needs the image before the newest one.",
  ],
  [
    "accounts known only at apply",
    { pullAccountIds: Token.asList("${var.accounts}") },
    "pullAccountIds: expected a list of account ids, got a value that is known only at apply. Write the list out: the repository policy is written at synth.",
  ],
  ["13 digits", { pullAccountIds: ["1234567890123"] }, account("1234567890123")],
  ["something before the digits", { pullAccountIds: ["a123456789012"] }, account("a123456789012")],
])("refuses %s", (_, props, message) => expect(refused(props)).toEqual([message]));
