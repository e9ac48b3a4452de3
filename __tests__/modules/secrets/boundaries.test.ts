import { Secrets, type SecretsProps } from "../../../modules/secrets";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";

const made = (props: object) =>
  synthesize((stack) => void new Secrets(stack, "secrets", { name: "crm", ...props })).count(
    "aws_secretsmanager_secret",
  );
const refused = (props: Partial<SecretsProps>) =>
  refusal((stack) => void new Secrets(stack, "secrets", { name: "crm", ...props })).map((line) =>
    line.replace("[test/secrets] ", ""),
  );
const external = (key: string, description = "A key") => ({ external: { [key]: { description } } });

it.each<[string, object]>([
  ["a name of 512 characters with its key", external("k".repeat(508))],
  ["2048 characters of description", external("KEY", "d".repeat(2048))],
  ["16 characters of value", { generated: { KEY: { description: "A key", length: 16, version: 1 } } }],
  ["4096 characters of value", { generated: { KEY: { description: "A key", length: 4096 } } }],
  ["a week", { ...external("KEY"), recoveryWindowDays: 7 }],
  ["a month", { ...external("KEY"), recoveryWindowDays: 30 }],
])("accepts %s", (_, props) => expect(made(props)).toBe(1));

const window = (got: number) =>
  `recoveryWindowDays: expected a whole number from 7 to 30 days, got ${got}. Secrets Manager accepts 7 to 30 days.`;
const length = (got: number) =>
  `generated.KEY.length: expected a whole number from 16 to 4096 characters, got ${got}. Fewer than 16 characters can be guessed; Secrets Manager generates at most 4096.`;

it.each<[string, Partial<SecretsProps>, string]>([
  [
    "a stem with capitals",
    { name: "CRM" },
    'name: expected lower-case letters, digits and single hyphens, at most 40, beginning with a letter, got "CRM". Use a literal such as "messenger-crm-prod".',
  ],
  [
    "a name of 513 characters with its key",
    external("k".repeat(509)),
    `external.${"k".repeat(509)}: expected a key of letters, digits and _ + = . @ -, at most 512 characters together with the name, got "${"k".repeat(79)}…. Use a key such as "NEXTAUTH_SECRET".`,
  ],
  [
    "2049 characters of description",
    external("KEY", "d".repeat(2049)),
    "external.KEY.description: expected at most 2048 characters, got 2049. Shorten it.",
  ],
  [
    "two keys in both records",
    {
      generated: { A: { description: "a" }, B: { description: "b" } },
      external: { B: { description: "b" }, A: { description: "a" } },
    },
    "external: expected keys that are not in generated, got A, B. Remove the key from generated or from external.",
  ],
  [
    "a switch that is text",
    { allowImmediateDeletion: "true" as unknown as boolean },
    'allowImmediateDeletion: expected a literal true or false, got "true". Write true or false, without quotes.',
  ],
  ["6 days", { recoveryWindowDays: 6 }, window(6)],
  ["31 days", { recoveryWindowDays: 31 }, window(31)],
  ["15 characters of value", { generated: { KEY: { description: "A key", length: 15 } } }, length(15)],
  ["4097 characters of value", { generated: { KEY: { description: "A key", length: 4097 } } }, length(4097)],
])("refuses %s", (_, props, message) => expect(refused(props)).toEqual([message]));
