import { type FargateServiceProps } from "../../../modules/fargate-service";
import { type Case, later, REPOSITORY_ARN, refused, refusedLines, service } from "./fixture";

const migrate = ["node", "migrate.js"];
const unknownLength =
  "expected a list whose length is known at synth, got a value that is known only at apply. Write its elements out; each may be known only at apply.";

const image: Case[] = [
  [
    "an image known only at apply, from nowhere",
    { image: later.text },
    "repositoryArn: expected the ARN of the repository when the image is known only at apply, got nothing. Pass the repository's arn: tasks may pull from nowhere else.",
  ],
  [
    "a number for an image",
    { image: 14 },
    "image: expected an image reference, such as 123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm:1.0.0, got 14. Write it in quotes.",
  ],
  ...[":1.4.0", "@crm:1.4.0"].map((reference): Case => [
    `the image ${reference}`,
    { image: reference },
    `image: expected an image reference, such as 123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm:1.0.0, got "${reference}". It has neither scheme nor white space, and its path is in lower case.`,
  ]),
  [
    "more disk than there is",
    { ephemeralStorageGiB: 201 },
    "ephemeralStorageGiB: expected a whole number from 21 to 200 GiB, got 201. Leave it out for the 20 GiB that come free.",
  ],
];

const name = (text: string) =>
  `containerName: expected 1 to 255 letters, digits, hyphens and underscores, got ${text}. Alarms, logs and overrides name the container by it.`;
const user = (got: string) =>
  `user: expected a user, or user:group, that is not root, got ${got}. Use the numbers that the image is built with, such as "1001:1001".`;
const words = (prop: string, got: string) =>
  `${prop}: expected one or more words, in exec form, got ${got}. Write each word as a text of its own: ["node", "server.js"].`;
const process: Case[] = [
  ["a name with a hyphen before it", { containerName: "-app" }, name('"-app"')],
  ["a name with a mark after it", { containerName: "app!" }, name('"app!"')],
  ["a name of 256 characters", { containerName: "a".repeat(256) }, name(`"${"a".repeat(79)}…`)],
  [
    "the port null",
    { containerPort: null },
    'containerPort: expected a value, got null. Pass the port that the app listens on, such as 3000; kind "worker" has none.',
  ],
  [
    "a number for a user",
    { user: 1001 },
    "user: expected a user, or user:group, that is not root, got 1001. Write it in quotes.",
  ],
  ["a user with an empty group", { user: "app:" }, user('"app:"')],
  ["a user with a third part", { user: "app:app:app" }, user('"app:app:app"')],
  ["a user of 33 letters", { user: "a".repeat(33) }, user(`"${"a".repeat(33)}"`)],
  ["a command known only at apply", { command: later.list }, `command: ${unknownLength}`],
  ["a number among a command's words", { command: ["node", 3] }, words("command", "[ 'node', 3 ]")],
  ["a health check known only at apply", { healthCheckCommand: later.list }, `healthCheckCommand: ${unknownLength}`],
  ["a number in a health check", { healthCheckCommand: ["CMD", 3] }, words("healthCheckCommand", "[ 'CMD', 3 ]")],
  [
    "a health check of its kind alone",
    { healthCheckCommand: ["CMD"] },
    'healthCheckCommand: expected CMD and words to run, or CMD-SHELL and one line for the shell, got [ \'CMD\' ]. For example ["CMD", "node", "health.js"], or ["CMD-SHELL", "curl -f localhost:3000 || exit 1"].',
  ],
  ["a migration of no words", { migration: { command: [] } }, words("migration.command", "[]")],
  [
    "a migration of a second",
    { migration: { command: migrate, timeoutSec: 1 } },
    "migration.timeoutSec: expected a whole number from 2 to 120 seconds, got 1. It is part of the time that a deploy may take.",
  ],
  [
    "a migration of a time known only at apply",
    { migration: { command: migrate, timeoutSec: later.number } },
    "migration.timeoutSec: expected a literal, got a value that is known only at apply. Budgets are computed from it at synth.",
  ],
];

const seconds = "drainSec: expected a literal whole number from 0 to 110 seconds, got";
const drain: Case[] = [
  ["111 s", { drainSec: 111 }, `${seconds} 111. 111 s and 10 s to exit make 121 s; Fargate kills after 120 s at most.`],
  ["-1 s", { drainSec: -1 }, `${seconds} -1. -1 s and 10 s to exit make 9 s; Fargate kills after 120 s at most.`],
  [
    "1.5 s",
    { drainSec: 1.5 },
    `${seconds} 1.5. 1.5 s and 10 s to exit make 11.5 s; Fargate kills after 120 s at most.`,
  ],
  ["seconds as text", { drainSec: "20" }, `${seconds} "20". Write it as a number, without quotes.`],
  ["seconds that are no number", { drainSec: Number.NaN }, `${seconds} NaN. Budgets are computed from it at synth.`],
  [
    "seconds known only at apply",
    { drainSec: later.number },
    `${seconds} a value that is known only at apply. Budgets are computed from it at synth.`,
  ],
];

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const field = (part: string, got: string) =>
  `taskPolicyStatements[0].${part}: expected text, or a list of it, with at least one element, got ${got}. IAM refuses a statement without it.`;
const access: Case[] = [
  ["keys known only at apply", { secretKmsKeyArns: later.list }, `secretKmsKeyArns: ${unknownLength}`],
  [
    "a key by its alias",
    { secretKmsKeyArns: ["alias/crm"] },
    'secretKmsKeyArns: expected the ARN of a KMS key, arn:…:kms:<region>:<account>:key/<id>, got "alias/crm". Pass ARNs of KMS keys, not ids or aliases.',
  ],
  [
    "a key of the logs by its alias",
    { kmsKeyArn: "alias/crm" },
    'kmsKeyArn: expected the ARN of a KMS key, arn:…:kms:<region>:<account>:key/<id>, got "alias/crm". Pass the ARN of a KMS key, not its id or alias.',
  ],
  ["statements known only at apply", { taskPolicyStatements: later.list }, `taskPolicyStatements: ${unknownLength}`],
  [
    "a statement without an effect",
    { taskPolicyStatements: [{ ...statement, Effect: undefined }] },
    "taskPolicyStatements[0].Effect: expected a value, got nothing. Say Allow or Deny.",
  ],
  [
    "an effect in small letters, in the second statement",
    { taskPolicyStatements: [statement, { ...statement, Effect: "allow" }] },
    'taskPolicyStatements[1].Effect: expected one of Allow, Deny, got "allow". IAM spells them like this.',
  ],
  ...(
    [
      ["no action", "Action", undefined, "nothing"],
      ["no resource", "Resource", undefined, "nothing"],
      ["a list of no actions", "Action", [], "[]"],
      ["a blank resource", "Resource", " ", '" "'],
      ["a blank among the actions", "Action", ["s3:GetObject", " "], "[ 's3:GetObject', ' ' ]"],
      ["an empty resource", "Resource", "", `""`],
      ["a number among the actions", "Action", ["s3:GetObject", 3], "[ 's3:GetObject', 3 ]"],
    ] as const
  ).map(([title, part, value, got]): Case => [
    `a statement with ${title}`,
    { taskPolicyStatements: [{ ...statement, [part]: value }] },
    field(part, got),
  ]),
];

describe.each(Object.entries({ image, process, drain, access }))("the containers are refused (%s)", (_, cases) => {
  it.each(cases)("%s", (_name, props, message) => expect(refused(props)).toBe(message));
});

it("names every missing part of a statement", () => {
  expect(refusedLines({ taskPolicyStatements: [{}] })).toEqual([
    "taskPolicyStatements[0].Effect: expected a value, got nothing. Say Allow or Deny.",
    field("Action", "nothing"),
    field("Resource", "nothing"),
  ]);
});

it.each<[string, Partial<FargateServiceProps>]>([
  ["an image and its own repository", { repositoryArn: REPOSITORY_ARN }],
  ["the smallest disk", { ephemeralStorageGiB: 21 }],
  ["the largest disk", { ephemeralStorageGiB: 200 }],
  ["a name of 255 characters", { containerName: "a".repeat(255) }],
  ["a name of one character", { containerName: "a" }],
  ["the name of the migration, when there is none", { containerName: "migration" }],
  ["the lowest port", { containerPort: 1024 }],
  ["the highest port", { containerPort: 65_535 }],
  ["a user of 32 letters and a group by its number", { user: `${"a".repeat(32)}:123456789` }],
  ["a user known only at apply", { user: later.text }],
  ["a command of one word", { command: ["server"] }],
  ["a health check in exec form", { healthCheckCommand: ["CMD", "node", "health.js"] }],
  ["a health check in shell form", { healthCheckCommand: ["CMD-SHELL", "node health.js || exit 1"] }],
  ["the shortest migration", { migration: { command: migrate, timeoutSec: 2 } }],
  ["the longest migration", { migration: { command: migrate, timeoutSec: 120 } }],
  ["no draining", { drainSec: 0 }],
  ["the longest draining", { drainSec: 110 }],
  ["a statement of one action", { taskPolicyStatements: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] }],
  [
    "a statement of lists",
    { taskPolicyStatements: [{ Effect: "Deny", Action: ["s3:GetObject"], Resource: ["*", later.text] }] },
  ],
])("the containers accept %s", (_, props) => {
  expect(() => service(props)).not.toThrow();
});
