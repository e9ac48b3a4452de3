import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { ConfigurationError } from "../../../modules/core";
import { fitsArnType } from "../../../modules/core/arn-mistake";
import { ARN_TYPES, type ArnType } from "../../../modules/core/arn-types";
import { Checks } from "../../../modules/core/checks";
import { isRegion, partitionOf } from "../../../modules/core/regions";
import { protectedTypeOf } from "../../../modules/waf/validation/protected-types";

const UUID = "5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f";
const at = (service: string, resource: string) => `arn:aws:${service}:ap-northeast-1:123456789012:${resource}`;

/** An ARN of each type, and ARNs of the same service that are of another type or have something appended. */
const CASES: Readonly<Record<keyof typeof ARN_TYPES, { readonly fit: string[]; readonly unfit: string[] }>> = {
  kmsKey: {
    fit: [at("kms", `key/${UUID}`), at("kms", "key/mrk-1234abcd12ab34cd56ef1234567890ab")],
    unfit: [at("kms", "alias/crm"), at("kms", `key/${UUID}x`), at("kms", `key/${UUID}/x`), at("kms", "key/")],
  },
  certificate: {
    fit: [at("acm", `certificate/${UUID}`)],
    unfit: [
      at("acm", `certificate/${UUID}/x`),
      at("acm", `certificate/${UUID}0`),
      at("acm-pca", `certificate/${UUID}`),
    ],
  },
  edgeCertificate: { fit: [at("acm", `certificate/${UUID}`)], unfit: [at("acm", UUID)] },
  topic: { fit: [at("sns", "on-call")], unfit: [at("sns", `on-call:${UUID}`), at("sns", "a b"), at("sns", "a.fifo")] },
  cacheTopic: { fit: [at("sns", "events")], unfit: [at("sns", "events.fifo"), at("sns", `events:${UUID}`)] },
  secret: {
    fit: [at("secretsmanager", "secret:crm/app-AbCdEf"), at("secretsmanager", "secret:rds!db-4f-XyZ987")],
    unfit: [at("secretsmanager", "secret:crm/app-AbCdEf:password::"), at("secretsmanager", "crm")],
  },
  cluster: { fit: [at("ecs", "cluster/shared")], unfit: [at("ecs", "service/shared/web"), at("ecs", "cluster/a/b")] },
  targetGroup: {
    fit: [at("elasticloadbalancing", "targetgroup/crm/0123456789abcdef")],
    unfit: [
      at("elasticloadbalancing", "loadbalancer/app/crm/0123456789abcdef"),
      at("elasticloadbalancing", "targetgroup/crm/0123456789abcdef/1"),
      at("elasticloadbalancing", "targetgroup/crm"),
    ],
  },
  loadBalancer: {
    fit: [
      at("elasticloadbalancing", "loadbalancer/app/crm/0123456789abcdef"),
      at("elasticloadbalancing", "loadbalancer/net/crm/0123456789abcdef"),
    ],
    unfit: [
      at("elasticloadbalancing", "listener/app/crm/0123456789abcdef/0123456789abcdef"),
      at("elasticloadbalancing", "loadbalancer/classic"),
    ],
  },
  repository: { fit: [at("ecr", "repository/a/b-c")], unfit: [at("ecr", "repository/crm:1.0.0"), at("ecr", "crm")] },
  appRunnerConnection: {
    fit: [at("apprunner", "connection/github/0123456789abcdef0123456789abcdef")],
    unfit: [at("apprunner", "connection/github"), at("apprunner", "service/crm-dev/0123456789abcdef0123456789abcdef")],
  },
  webAcl: {
    fit: [`arn:aws:wafv2:us-east-1:123456789012:global/webacl/crm/${UUID}`],
    unfit: [at("wafv2", `regional/ipset/crm/${UUID}`), at("waf", `webacl/${UUID}`), at("wafv2", "regional/webacl/crm")],
  },
  ipSet: { fit: [at("wafv2", `regional/ipset/x/${UUID}`)], unfit: [at("wafv2", `regional/webacl/x/${UUID}`)] },
  ruleGroup: { fit: [at("wafv2", `regional/rulegroup/x/${UUID}`)], unfit: [at("wafv2", `regional/ipset/x/${UUID}`)] },
  queue: { fit: [at("sqs", "alarms")], unfit: [at("sqs", "alarms.fifo"), at("sqs", "a/b")] },
  lambda: { fit: [at("lambda", "function:f"), at("lambda", "function:f:live")], unfit: [at("lambda", "layer:f:1")] },
};

const types = Object.keys(ARN_TYPES) as (keyof typeof ARN_TYPES)[];
const rows = (part: "fit" | "unfit") => types.flatMap((name) => CASES[name][part].map((arn) => [name, arn] as const));

it.each(rows("fit"))("the ARN of a %s may be %s", (name, arn) => {
  expect(fitsArnType(arn, ARN_TYPES[name])).toBe(true);
});

it.each(rows("unfit"))("the ARN of a %s may not be %s", (name, arn) => {
  expect(fitsArnType(arn, ARN_TYPES[name])).toBe(false);
});

it.each(rows("fit"))("the ARN of a %s is refused when something is around it: %s", (name, arn) => {
  const region = arn.split(":")[3]!;
  const spoiled = [
    `${arn} `,
    ` ${arn}`,
    `${arn}\n`,
    arn.replace(":123456789012:", "::"),
    arn.replace(`:${region}:`, "::"),
    arn.replace(`:${region}:`, ":cn-north-1:"),
    arn.replace(`:${region}:`, ":nowhere-1:"),
    arn.replace("arn:aws:", "arn:aws-cn:"),
    arn.replace("arn:aws:", "arn:awsome:"),
  ];
  expect(spoiled.filter((text) => fitsArnType(text, ARN_TYPES[name]))).toEqual([]);
});

it.each([
  ["aws-cn", "cn-north-1"],
  ["aws-us-gov", "us-gov-west-1"],
  ["aws-eusc", "eusc-de-east-1"],
  ["aws-iso", "us-iso-east-1"],
])("an ARN of partition %s is accepted in its region %s", (partition, region) => {
  expect(partitionOf(region)).toBe(partition);
  expect(fitsArnType(`arn:${partition}:kms:${region}:123456789012:key/${UUID}`, ARN_TYPES.kmsKey)).toBe(true);
});

it.each(["us-east-1", "ap-southeast-7", "mx-central-1", "il-central-1", "ap-northeast-3"])("%s is a region", (name) =>
  expect(isRegion(name)).toBe(true),
);
it.each(["", "us-east", "us-east-1a", "tokyo", "ap-tokyo-1", "US-EAST-1", "us-east-1 ", "aws-global"])(
  "%j is no region",
  (name) => expect(isRegion(name)).toBe(false),
);

/** Returns the problem of a KMS key, a certificate or a topic that is used in a stack of Tokyo and of one account. */
function problemIn(region: string | undefined, type: ArnType, arn: string): string[] {
  const stack = new TerraformStack(new App(), "test");
  if (region !== undefined) new AwsProvider(stack, "aws", { region, allowedAccountIds: ["123456789012"] });
  new AwsProvider(stack, "edge", { region: "us-east-1", alias: "edge" });
  const checks = new Checks(new Construct(new Construct(stack, "outer"), "inner"));
  checks.arn("p", arn, type, "Do.");
  try {
    checks.throwIfInvalid();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ expected, got }) => `${expected}; ${got}`);
    throw error;
  }
  return [];
}

describe("an ARN in a stack whose provider names region and account", () => {
  const key = (region: string, account = "123456789012") => `arn:aws:kms:${region}:${account}:key/${UUID}`;
  const certificate = (account: string) => `arn:aws:acm:ap-northeast-1:${account}:certificate/${UUID}`;

  it("a key of another region is refused", () => {
    expect(problemIn("ap-northeast-1", ARN_TYPES.kmsKey, key("us-east-1"))).toEqual([
      "a KMS key in ap-northeast-1, the region of the stack; one in us-east-1",
    ]);
  });

  it("a certificate of another account is refused", () => {
    expect(problemIn("ap-northeast-1", ARN_TYPES.certificate, certificate("210987654321"))).toEqual([
      "an ACM certificate of account 123456789012, that of the stack; one of 210987654321",
    ]);
  });

  it.each([
    ["a key of another account", "ap-northeast-1", ARN_TYPES.kmsKey, key("ap-northeast-1", "210987654321")],
    ["a certificate of the stack's account", "ap-northeast-1", ARN_TYPES.certificate, certificate("123456789012")],
    ["a repository of another region", "ap-northeast-1", ARN_TYPES.repository, at("ecr", "repository/crm")],
    ["any key without a provider", undefined, ARN_TYPES.kmsKey, key("us-east-1")],
    ["any key when the region is known only at apply", TOKEN(), ARN_TYPES.kmsKey, key("us-east-1")],
    ["an ARN that is known only at apply", "ap-northeast-1", ARN_TYPES.kmsKey, TOKEN()],
  ])("%s is accepted", (_, region, type, arn) => expect(problemIn(region, type, arn)).toEqual([]));
});

function TOKEN(): string {
  return Token.asString({ resolve: () => "x" });
}

it.each([
  at("elasticloadbalancing", "loadbalancer/app/crm/0123456789abcdef"),
  "arn:aws:apigateway:ap-northeast-1::/restapis/abc123/stages/prod",
  at("cognito-idp", "userpool/ap-northeast-1_AbCdEf"),
  at("appsync", "apis/abcdefghijklmnopqrstuvwxyz"),
  at("apprunner", "service/crm-web/0123456789abcdef0123456789abcdef"),
  at("ec2", "verified-access-instance/vai-0123456789abcdef0"),
])("a web ACL protects %s", (arn) => expect(fitsArnType(arn, protectedTypeOf(arn))).toBe(true));

it.each([
  at("elasticloadbalancing", "loadbalancer/net/crm/0123456789abcdef"),
  at("elasticloadbalancing", "targetgroup/crm/0123456789abcdef"),
  "arn:aws:cloudfront::123456789012:distribution/E1",
  at("apprunner", "connection/crm"),
])("a web ACL does not protect %s", (arn) => expect(fitsArnType(arn, protectedTypeOf(arn))).toBe(false));
