import { type FargateServiceProps, type SecretReference } from "../../../modules/fargate-service";
import { type Case, later, MASTER_ARN, refused, refusedLines, SECRET_ARN, service } from "./fixture";

const PARAMETER_ARN = "arn:aws:ssm:ap-northeast-1:123456789012:parameter/crm/nextauth";
const remedy = "Pass the full ARN of a Secrets Manager secret or of an SSM parameter, never the value itself.";
const source = (prop: string, got: string) =>
  `${prop}: expected the ARN of a secret or parameter, got ${got}. ${remedy}`;
const secret = (reference: object) => ({ secrets: { A: { arn: SECRET_ARN, ...reference } } });

const plain: Case[] = [
  [
    "a number for a reason",
    { environment: { TOKEN_TTL: "5" }, plainTextReasons: { TOKEN_TTL: 5 } },
    "plainTextReasons.TOKEN_TTL: expected the reason why the value is no secret, got 5. Write it in quotes.",
  ],
  ...["A-B", "A B", "Ä"].map((name): Case => [
    `the name ${name}`,
    { environment: { [name]: "x" } },
    `environment: expected names of letters, digits and underscores that do not begin with a digit, got "${name}". Rename the variable.`,
  ]),
  [
    "a malformed secret name",
    { secrets: { "1A": SECRET_ARN } },
    'secrets: expected names of letters, digits and underscores that do not begin with a digit, got "1A". Rename the variable.',
  ],
  [
    "a switch as a variable",
    { environment: { DEBUG: true } },
    'environment.DEBUG: expected text, got a value of type boolean. Write it as text ("3000"), or leave the variable out.',
  ],
  [
    "a variable of the migration in both places",
    { migration: { command: ["node", "migrate.js"], environment: { A: "x" }, secrets: { A: MASTER_ARN } } },
    "migration.secrets.A: expected a variable in either environment or secrets, got one in both. Take it out of environment.",
  ],
];

const secrets: Case[] = [
  ["a number for a secret", { secrets: { A: 3 } }, source("secrets.A", "a value of type number")],
  ["a secret without an ARN", { secrets: { A: {} } }, source("secrets.A", "a value of type object")],
  ["a value in place of the ARN", secret({ arn: "hunter2" }), source("secrets.A.arn", "text in another form")],
  ["an ARN with a key in it", secret({ arn: `${SECRET_ARN}:key::` }), source("secrets.A.arn", "text in another form")],
  ["an ARN of another service", secret({ arn: "arn:aws:s3:::crm" }), source("secrets.A.arn", "text in another form")],
  [
    "an unknown service",
    secret({ service: "vault" }),
    'secrets.A.service: expected a literal, one of secretsmanager, ssm, got "vault". Leave it out for a literal ARN.',
  ],
  ...["jsonKey", "versionStage", "versionId"].flatMap((part) =>
    ["a:b", ":", ""].map((text): Case => [
      `"${text}" as ${part}`,
      secret({ [part]: text }),
      `secrets.A.${part}: expected text with neither colons nor control characters, got "${text}". ECS separates the parts with colons.`,
    ]),
  ),
  ...["jsonKey", "versionStage", "versionId"].map((part): Case => [
    `a parameter with ${part}`,
    secret({ arn: PARAMETER_ARN, [part]: "x" }),
    `secrets.A: expected a parameter with neither key nor version, got ${part}. Only secrets of Secrets Manager have keys and versions.`,
  ]),
];

describe.each(Object.entries({ plain, secrets }))("the containers are refused (%s)", (_, cases) => {
  it.each(cases)("%s", (_name, props, message) => expect(refused(props)).toBe(message));
});

it("refuses a number as the ARN of a secret", () => {
  expect(refusedLines(secret({ arn: 3 }))).toEqual([
    "secrets.A.arn: expected text, got a value of type number. Write it in quotes.",
    source("secrets.A", "a value of type object"),
  ]);
});

it("names every missing part of a parameter's ARN", () => {
  expect(refused(secret({ arn: later.text, service: "ssm", jsonKey: "k", versionId: "1" }))).toBe(
    "secrets.A: expected a parameter with neither key nor version, got jsonKey, versionId. Only secrets of Secrets Manager have keys and versions.",
  );
});

it.each<[string, Partial<FargateServiceProps>]>([
  ["a variable and a secret of other names", { environment: { A: "x" }, secrets: { B: SECRET_ARN } }],
  ["a name that begins with an underscore", { environment: { _a1: "x" } }],
  ["a value known only at apply", { environment: { A: later.text } }],
  [
    "a name that promises a secret, with the reason",
    { environment: { TOKEN_TTL: "5" }, plainTextReasons: { TOKEN_TTL: "A lifetime" } },
  ],
  // A commit hash has 40 characters without a capital, so it is not an AWS key.
  ["a commit", { environment: { COMMIT: "0123456789abcdef0123456789abcdef01234567" } }],
  ["a URL with a user and no password", { environment: { HOME_PAGE: "https://app@example.com/a:b@c" } }],
  ...([{}, { jsonKey: "k" }, { versionStage: "AWSPREVIOUS" }, { versionId: "1" }] as Partial<SecretReference>[]).map(
    (part): [string, Partial<FargateServiceProps>] => [`a secret with ${JSON.stringify(part)}`, secret(part)],
  ),
  ["a key and a version of a secret", secret({ jsonKey: "k", versionStage: "AWSPREVIOUS" })],
  ["a parameter", secret({ arn: PARAMETER_ARN })],
  ["a secret known only at apply with a key", secret({ arn: later.text, jsonKey: "k" })],
])("the containers accept %s", (_, props) => {
  expect(() => service(props)).not.toThrow();
});
