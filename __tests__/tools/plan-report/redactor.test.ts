import { Redactor } from "../../../tools/plan-report/redact/redactor";
import { sensitiveValues } from "../../../tools/plan-report/redact/sensitive-values";
import { changeOf, planWith } from "./plans";

const redactor = new Redactor(["correct horse battery"]);
const shown = (path: string, value: string) => redactor.value(path.split("."), value);

describe("values that look like a secret", () => {
  it.each([
    ["an AWS access key id", "AKIAIOSFODNN7EXAMPLE"],
    ["an AWS secret access key", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY9"],
    ["a URL with a password", "postgresql://app:hunter2hunter2@db.internal:5432/chat"],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----"],
    ["a JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF123_-x"],
    ["a bearer token", "Authorization: Bearer abcdefgh12345678"],
    ["a GitHub token", "ghp_0123456789abcdefghijABCDEFGHIJ456789"],
    ["a Slack webhook", "https://hooks.slack.com/services/T000/B000/XXXXXXXX"],
    ["a random base64 value", "q7Jm2Xz9Kd4Ls8Wv3Pt6Rn1Yb5Hc0GfA"],
    ["a hexadecimal key", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    ["one inside other text", "use AKIAIOSFODNN7EXAMPLE for now"],
  ])("hides %s", (_, secret) => {
    const text = shown("tags.Note", secret);
    expect(text).toContain("hidden: ");
    for (const part of secret.match(/[A-Za-z0-9]{12,}/g) ?? []) {
      if (!/^(Authorization|postgresql|hooks)/.test(part)) expect(text).not.toContain(part);
    }
  });

  it.each([
    "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/app/chat/50dc6c495c0c9188",
    "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/chat@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "chat:da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    "AWSManagedRulesKnownBadInputsRuleSet",
    "postgresql://messenger_app@chat-db.cluster.internal:5432/chat?sslmode=verify-full",
    "5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f",
    "subnet-0123456789abcdef0",
  ])("shows %s", (value) => {
    expect(shown("attribute", value).slice(0, 60)).toBe(value.slice(0, 60));
  });
});

describe("names that promise a secret", () => {
  it.each(["master_password", "container_definitions.app.environment.SESSION_SECRET.value", "auth_token", "api_key"])(
    "hide what %s holds",
    (path) => {
      expect(shown(path, "abc")).toBe("(hidden: its name promises a secret)");
    },
  );

  it.each(["secret_arn", "auth_token_update_strategy", "password_wo_version", "recovery_window_in_days"])(
    "do not hide the setting %s",
    (path) => {
      expect(shown(path, "abc")).toBe("abc");
    },
  );

  it("hide an object that is shown whole", () => {
    expect(redactor.value(["settings"], [{ name: "DB_PASSWORD", value: "abc" }])).toContain("hidden");
    expect(redactor.value(["settings"], { nested: { password: "abc" } })).toContain("hidden");
  });
});

describe("values that the plan marks as sensitive", () => {
  const SECRET = "correct horse battery";
  const plan = planWith(
    [
      changeOf("aws_x.x", ["update"], {
        before: { user: { key: SECRET } },
        after_sensitive: { pin: true },
        before_sensitive: { user: { key: true } },
        after: { pin: 123456789 },
      }),
    ],
    {
      variables: { token: { value: '{"inner":"inner-secret"}' }, plain: { value: "plain-text" } },
      configuration: { root_module: { variables: { token: { sensitive: true }, plain: {} } } },
      output_changes: { url: { actions: ["create"], before: null, after: "output-secret", after_sensitive: true } },
      prior_state: {
        values: {
          root_module: {
            child_modules: [
              {
                resources: [
                  {
                    address: "a",
                    mode: "managed",
                    type: "t",
                    values: { p: ["state-secret"] },
                    sensitive_values: { p: [true] },
                  },
                ],
              },
            ],
          },
        },
      },
    },
  );
  const found = sensitiveValues(plan);

  it("are found in changes, variables, outputs and the state", () => {
    expect(found).toEqual(
      expect.arrayContaining([SECRET, "123456789", "inner-secret", "output-secret", "state-secret"]),
    );
    expect(found).not.toContain("plain-text");
  });

  it("are hidden wherever they appear, encoded too", () => {
    const text = new Redactor(found).text(
      `a ${SECRET} b ${Buffer.from(SECRET).toString("base64")} c ${encodeURIComponent(SECRET)}`,
    );
    expect(text).toBe("a (sensitive) b (sensitive) c (sensitive)");
  });
});

it("removes what would control a terminal or reverse text, and cuts long values", () => {
  expect(redactor.name('aws_x.x["\u001b[31mred\u0007\u202e"]')).toBe('aws_x.x["red"]');
  expect(redactor.value(["x"], "long ".repeat(100))).toMatch(/^.{120}… \(500 characters\)$/);
});
