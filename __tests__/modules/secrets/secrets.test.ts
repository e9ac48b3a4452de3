import { TerraformOutput, TerraformVariable } from "cdktf";
import { MINIMUM_TERRAFORM_VERSION, Secrets, type SecretsProps } from "../../../modules/secrets";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";

const minimal: SecretsProps = {
  name: "crm-dev",
  generated: { NEXTAUTH_SECRET: { description: "encrypts session cookies" } },
  external: { SMTP_PASSWORD: { description: "mail relay" } },
};
const secrets = (props: Partial<SecretsProps> = {}) =>
  synthesize((stack) => void new Secrets(stack, "secrets", { ...minimal, ...props }));

interface WithEphemeral {
  readonly ephemeral: Record<string, Record<string, Record<string, unknown>>>;
}
const passwords = (template: ReturnType<typeof secrets>) =>
  (template.json as unknown as WithEphemeral).ephemeral["aws_secretsmanager_random_password"]!;

describe("secrets with their defaults", () => {
  const template = secrets();
  const [passwordName] = Object.keys(passwords(template));
  const secretName = Object.keys(template.json.resource!["aws_secretsmanager_secret"]!).find((name) =>
    name.includes("NEXTAUTH"),
  )!;

  it("creates exactly these resources", () => {
    expect(template.counts()).toEqual({ aws_secretsmanager_secret: 2, aws_secretsmanager_secret_version: 1 });
    expect(Object.keys(passwords(template))).toHaveLength(1);
  });

  it("names secrets by the stem and the key, and lets them be restored for 30 days", () => {
    expect(template.resource("aws_secretsmanager_secret", "secrets/secret-NEXTAUTH_SECRET")).toEqual({
      lifecycle: { create_before_destroy: true },
      name: "crm-dev/NEXTAUTH_SECRET",
      description: "encrypts session cookies",
      recovery_window_in_days: 30,
    });
    expect(template.resource("aws_secretsmanager_secret", "secrets/secret-SMTP_PASSWORD")).toEqual({
      lifecycle: { create_before_destroy: true },
      name: "crm-dev/SMTP_PASSWORD",
      description: "mail relay",
      recovery_window_in_days: 30,
    });
  });

  it("generates 48 letters and digits, only once the secret exists", () => {
    expect(passwords(template)[passwordName!]).toMatchObject({
      password_length: 48,
      exclude_punctuation: true,
      exclude_characters: `\${substr(aws_secretsmanager_secret.${secretName}.arn, 0, 0)}`,
    });
  });

  it("writes the value through the write-only attribute and nowhere else", () => {
    expect(template.only("aws_secretsmanager_secret_version")).toEqual({
      secret_id: `\${aws_secretsmanager_secret.${secretName}.id}`,
      secret_string_wo: `\${ephemeral.aws_secretsmanager_random_password.${passwordName}.random_password}`,
      secret_string_wo_version: 1,
    });
    expect(template.text.match(/random_password\}/g)).toHaveLength(1);
  });

  it("requires a Terraform that supports write-only attributes", () => {
    expect(MINIMUM_TERRAFORM_VERSION).toBe("1.11.0");
  });
});

describe("options", () => {
  it("accepts length and version of each value, and rotates only the values whose version changed", () => {
    const generated = { A: { description: "a", length: 32, version: 3 }, B: { description: "b" } };
    const template = secrets({ generated });
    const version = (key: string) =>
      template.resource("aws_secretsmanager_secret_version", `secrets/value-${key}`)["secret_string_wo_version"];
    expect([version("A"), version("B")]).toEqual([3, 1]);
    expect(Object.values(passwords(template)).map((body) => body["password_length"])).toEqual([32, 48]);
  });

  it("encrypts with a customer managed key", () => {
    const kmsKeyArn = "arn:aws:kms:ap-northeast-1:123456789012:key/abc";
    expect(
      Object.values(secrets({ kmsKeyArn }).resources("aws_secretsmanager_secret")).map(
        (secret) => secret["kms_key_id"],
      ),
    ).toEqual([kmsKeyArn, kmsKeyArn]);
  });

  it("deletes at once, if configured", () => {
    const template = secrets({ recoveryWindowDays: 0, allowImmediateDeletion: true, external: {} });
    expect(template.only("aws_secretsmanager_secret")["recovery_window_in_days"]).toBe(0);
  });

  it("keeps two constructs with the same keys apart", () => {
    const template = synthesize((stack) => {
      new Secrets(stack, "one", { ...minimal, name: "one" });
      new Secrets(stack, "two", { ...minimal, name: "two" });
    });
    expect(Object.keys(passwords(template))).toHaveLength(2);
    expect(template.count("aws_secretsmanager_secret")).toBe(4);
  });

  it("accepts keys that would collide if ids were made by adding a suffix", () => {
    const generated = {
      A: { description: "a" },
      "A-password": { description: "b" },
      "password-A": { description: "c" },
    };
    expect(secrets({ generated, external: {} }).count("aws_secretsmanager_secret")).toBe(3);
  });

  it("escapes template syntax in a description", () => {
    const template = secrets({ generated: {}, external: { A: { description: "costs ${5} %{ if" } } });
    expect(template.only("aws_secretsmanager_secret")["description"]).toBe("costs $${5} %%{ if");
  });

  it("accepts a key known only at apply", () => {
    const template = synthesize((stack) => {
      const key = new TerraformVariable(stack, "key", { type: "string" });
      new Secrets(stack, "secrets", { name: "crm", external: { A: { description: "a" } }, kmsKeyArn: key.stringValue });
    });
    expect(template.only("aws_secretsmanager_secret")["kms_key_id"]).toBe("${var.key}");
  });
});

describe("ARNs", () => {
  it("of a generated secret depend on its value, of an external one on the secret", () => {
    const template = synthesize((stack) => {
      const made = new Secrets(stack, "secrets", minimal);
      new TerraformOutput(stack, "generated", { value: made.arn("NEXTAUTH_SECRET") });
      new TerraformOutput(stack, "external", { value: made.arns["SMTP_PASSWORD"] });
    });
    const { generated, external } = template.json.output!;
    expect(generated!["value"]).toMatch(/^\$\{aws_secretsmanager_secret_version\.[^.]+\.arn\}$/);
    expect(external!["value"]).toMatch(/^\$\{aws_secretsmanager_secret\.[^.]+\.arn\}$/);
  });

  it("of an unknown secret are refused by name", () => {
    expect(refusal((stack) => void new Secrets(stack, "secrets", minimal).arn("NEXTAUTH"))).toEqual([
      '[test/secrets] arn: expected one of NEXTAUTH_SECRET, SMTP_PASSWORD, got "NEXTAUTH". Add it to generated or external.',
    ]);
  });
});

describe("secrets refuse", () => {
  const badKey = (prop: string, key: string) =>
    `[test/secrets] ${prop}: expected a key of letters, digits and _ + = . @ -, at most 512 characters together with the name, got "${key}". Use a key such as "NEXTAUTH_SECRET".`;
  const a = (entry: object) => ({ generated: { A: { description: "a", ...entry } } });
  const cases: [string, Partial<SecretsProps>, string][] = [
    ["a space in a key", { generated: { "a b": { description: "x" } } }, badKey("generated.a b", "a b")],
    ["an exclamation mark", { external: { "a!": { description: "x" } } }, badKey("external.a!", "a!")],
    ["a key outside ASCII", { external: { 鍵: { description: "x" } } }, badKey("external.鍵", "鍵")],
    [
      "a key in both records",
      { external: { NEXTAUTH_SECRET: { description: "x" } } },
      "[test/secrets] external: expected keys that are not in generated, got NEXTAUTH_SECRET. Remove the key from generated or from external.",
    ],
    [
      "no description",
      a({ description: "" }),
      "[test/secrets] generated.A.description: expected a value, got an empty string. Say what the secret is for; the person who rotates it reads this.",
    ],
    [
      "a description too long",
      a({ description: "x".repeat(2049) }),
      "[test/secrets] generated.A.description: expected at most 2048 characters, got 2049. Shorten it.",
    ],
    [
      "a value that can be guessed",
      a({ length: 15 }),
      "[test/secrets] generated.A.length: expected a whole number from 16 to 4096 characters, got 15. Fewer than 16 characters can be guessed; Secrets Manager generates at most 4096.",
    ],
    [
      "version 0",
      a({ version: 0 }),
      "[test/secrets] generated.A.version: expected a whole number from 1 to 9007199254740991, got 0. Start at 1 and raise it to rotate the value.",
    ],
    [
      "a window of 5 days",
      { recoveryWindowDays: 5 },
      "[test/secrets] recoveryWindowDays: expected a whole number from 7 to 30 days, got 5. Secrets Manager accepts 7 to 30 days.",
    ],
    [
      "deleting at once",
      { recoveryWindowDays: 0 },
      "[test/secrets] recoveryWindowDays: expected 7 to 30 days, got 0. With 0 a deleted secret is lost at once; if that is intended, as in dev, set allowImmediateDeletion.",
    ],
    [
      "a key's alias",
      { kmsKeyArn: "alias/crm" },
      '[test/secrets] kmsKeyArn: expected the ARN of a KMS key, arn:…:kms:<region>:<account>:key/<id>, got "alias/crm". Pass the ARN of a KMS key, not its id or alias.',
    ],
  ];
  it.each(cases)("%s", (_, props, message) => {
    expect(refusal((stack) => void new Secrets(stack, "secrets", { ...minimal, ...props }))).toEqual([message]);
  });
});
