import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack, Token } from "cdktf";
import { Database, Ec2Service, Waf, wafStatement } from "../../../../modules";
import { minimal as database } from "../../database/make";
import { minimal as instances } from "../../ec2-service/fixture";
import { synthesize } from "../../../helpers/synth";
import { itChecks, problemsOf } from "./case";

const { byteMatch, geo, label } = wafStatement;
const alarms = (count: number) => Array.from({ length: count }, (_, n) => `alarm-${n}`);
const headers = (count: number) => Array.from({ length: count }, (_, n) => `x-header-${n}`);
const secret = (jsonKey: string) => ({
  secrets: { A: { arn: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm-AbCdEf", jsonKey } },
});

itChecks(
  "text that nothing can hold",
  [
    [
      "NUL in an engine parameter",
      "database",
      { parameters: { log_line_prefix: "%t\0" } },
      "parameters.log_line_prefix core/wrong-format",
    ],
    [
      "half a surrogate pair in one",
      "database",
      { parameters: { log_line_prefix: "\ud83d" } },
      "parameters.log_line_prefix core/wrong-format",
    ],
    ["NUL in a header of the log", "waf", { redactedHeaders: ["coo\0kie"] }, "redactedHeaders[0] core/wrong-format"],
    [
      "half a surrogate pair in a variable",
      "instances",
      { environment: { A: "a\udc00" } },
      "environment.A core/wrong-format",
    ],
    ["NUL in a command", "instances", { migration: { command: ["a\0"] } }, "migration.command[0] core/wrong-format"],
    [
      "a line break in the key of a secret",
      "instances",
      secret("a\nLD_PRELOAD b"),
      "secrets.A.jsonKey core/wrong-format",
    ],
  ],
  [
    ["an emoji in a parameter", "database", { parameters: { log_line_prefix: "👩‍💻 %t" } }],
    ["Japanese in a variable", "instances", { environment: { A: "日本語 'x' \"y\" ${z} `w`\n" } }],
    ["Japanese in the key of a secret", "instances", secret("パスワード")],
  ],
);

itChecks(
  "paths with segments of dots",
  [
    ["in a socket path of a web ACL", "waf", { socketPath: "/../" }, "socketPath core/wrong-format"],
    ["in one of a distribution", "cdn", { socketPath: "/a/./socket.io/" }, "socketPath cdn/path"],
    ["in one of instances", "instances", { socketPath: "/./socket.io/" }, "socketPath ec2-service/path"],
    ["at the end of a health check", "instances", { healthPath: "/api/.." }, "healthPath ec2-service/path"],
    ["before its query", "target", { healthCheck: { path: "/api/..?x" } }, "healthCheck.path core/wrong-format"],
  ],
  [
    ["a file with dots", "target", { healthCheck: { path: "/.well-known/..health/a.b?../x" } }],
    ["a hidden folder", "waf", { socketPath: "/.socket.io/" }],
  ],
);

itChecks(
  "limits of AWS that were not checked",
  [
    [
      "the ids of old and new resources mixed up",
      "database",
      { allowedSecurityGroups: { a: "sg-0123456789" } },
      "allowedSecurityGroups.a core/resource-id",
    ],
    ["a truncated AMI", "instances", { amiId: "ami-0123456789abcdef" }, "amiId ec2-service/ami"],
    [
      "eleven alarms of a refresh",
      "instances",
      { refreshAlarmNames: alarms(11) },
      "refreshAlarmNames core/wrong-count",
    ],
    [
      "a header twice in another case",
      "waf",
      { redactedHeaders: ["Cookie", "cookie"] },
      "redactedHeaders core/duplicate",
    ],
    [
      "a hundred headers beside the query",
      "waf",
      { redactedHeaders: headers(100) },
      "redactedHeaders core/wrong-count",
    ],
    [
      "a namespace that ends in a space",
      "instances",
      { metricsNamespace: "CRM " },
      "metricsNamespace core/wrong-format",
    ],
  ],
  [
    ["an id of eight digits", "instances", { amiId: "ami-01234567" }],
    ["ten alarms of a refresh", "instances", { refreshAlarmNames: alarms(10) }],
    ["99 headers beside the query", "waf", { redactedHeaders: headers(99) }],
    ["100 headers without it", "waf", { redactedHeaders: headers(100), redactQueryString: false }],
    ["a space inside a namespace", "instances", { metricsNamespace: "My CRM" }],
  ],
);

describe("statements of WAF", () => {
  it.each<[string, () => unknown, string]>([
    ["a country that does not exist", () => geo(["ZZ"]), "geo waf/country-code"],
    ["a country twice", () => geo(["JP", "JP"]), "geo core/duplicate"],
    ["a label with spaces", () => label("awswaf:x y"), "label.key core/wrong-format"],
    [
      "capitals after LOWERCASE",
      () => byteMatch("uri-path", "CONTAINS", "/Admin", ["LOWERCASE"]),
      "byteMatch waf/never-matches",
    ],
    ["NUL", () => byteMatch("uri-path", "CONTAINS", "a\0"), "byteMatch.text core/wrong-format"],
  ])("refuse %s", (_, make, problem) => {
    expect(problemsOf(() => void make())).toEqual([problem]);
  });

  it.each<[string, () => unknown]>([
    ["Kosovo", () => geo(["XK", "JP"])],
    ["a country known only at apply", () => geo([Token.asString({ resolve: () => "ZZ" })])],
    ["a label of another account's group", () => label("awswaf:123456789012:rulegroup:a_b:C-d")],
    ["capitals without LOWERCASE", () => byteMatch("uri-path", "CONTAINS", "/Admin", ["URL_DECODE"])],
  ])("accept %s", (_, make) => expect(make).not.toThrow());
});

it("names no object in the message about a list that is too long", () => {
  const rule = (name: string) => ({ name, statement: geo(["JP"]) });
  const customRules = Array.from({ length: 101 }, (_, n) => rule(`rule-${n}`));
  expect(() => void itMakesWaf({ customRules })).toThrow(/customRules: expected 0 to 100, got 101\. Move/);
});

function itMakesWaf(props: object): void {
  const stack = new TerraformStack(new App(), "test");
  new Waf(stack, "waf", { name: "crm", ...props });
}

describe("a database", () => {
  it("refuses read replicas in another region, also where the provider comes later", () => {
    const build = (first: boolean) => () =>
      synthesizeWith((stack) => {
        const provide = () => new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
        if (first) provide();
        new Database(stack, "db", { ...database, readReplicaCount: 1, readReplicaZones: ["us-east-1a"] });
        if (!first) provide();
      });
    for (const first of [true, false]) {
      expect(build(first)).toThrow(
        'readReplicaZones: expected zones of ap-northeast-1, the region of the stack, got "us-east-1a".',
      );
    }
  });

  it.each([
    [20, 100],
    [32_768, 65_536],
    [32_769, 65_536],
    [59_578, 65_536],
    [59_579, undefined],
    [65_536, undefined],
  ])("of %i GiB grows at most as far as RDS lets it", (allocatedStorageGiB, limit) => {
    const template = synthesize((stack) => {
      const made = new Database(stack, "db", { ...database, allocatedStorageGiB, readReplicaCount: 1 });
      expect(made.maxAllocatedStorageGiB).toBe(limit);
    });
    for (const instance of Object.values(template.resources("aws_db_instance"))) {
      expect(instance["max_allocated_storage"]).toBe(limit);
    }
  });
});

describe("the user data of instances", () => {
  it("cannot be ended by a variable that has the word for the end of a file", () => {
    const environment = { A: "x\nEND_OF_FILE\ntouch /tmp/owned\nEND_OF_FILE_\ny" };
    const template = synthesize((stack) => void new Ec2Service(stack, "service", { ...instances, environment }));
    expect(template.text).toContain("<<'END_OF_FILE__'");
  });

  it("is refused beyond what EC2 takes, at synth or, with values known only at apply, by a precondition", () => {
    let digits = 1;
    const next = () => (digits = (digits * 48_271) % 2_147_483_647).toString(36);
    const noise = Array.from({ length: 4000 }, next).join("");
    const build = (environment: Record<string, string>) => () =>
      synthesize((stack) => void new Ec2Service(stack, "service", { ...instances, environment }));
    expect(build({ NOISE: noise })).toThrow(/environment: expected at most 16 KB of user data, .*, got about \d\d KB/);
    const { lifecycle } = build({ A: "a" })().only("aws_launch_template") as { lifecycle: object };
    expect(lifecycle).toEqual({
      precondition: [
        {
          condition: expect.stringMatching(/^\$\{\(?\(?length\(base64gzip\(local\..*\)\) <= 21848\)?\}$/) as unknown,
          error_message: expect.stringContaining("16384 bytes") as unknown,
        },
      ],
    });
  });
});

function synthesizeWith(build: (stack: TerraformStack) => void): void {
  const app = new App();
  build(new TerraformStack(app, "test"));
  app.synth();
}
