import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Wafv2IpSet } from "@cdktf/provider-aws/lib/wafv2-ip-set";
import { TerraformStack } from "cdktf";
import {
  AlbWebsocket,
  Cdn,
  type CdnProps,
  Network,
  RollbackAlarms,
  Waf,
  type WafProps,
  type WafRule,
  wafStatement,
} from "../../modules";
import { refusal } from "../helpers/refusal";
import { synthesize } from "../helpers/synth";
import { minimal as cdn } from "./cdn/fixture";

const { and, geo, ipSet, not, ruleGroup } = wafStatement;
const ACCOUNT = "123456789012";
const ID = "5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f";
const waf = (region: string, resource: string) => `arn:aws:wafv2:${region}:${ACCOUNT}:${resource}/a/${ID}`;

interface Stack {
  readonly stack: TerraformStack;
  /** A provider of us-east-1. */
  readonly edge: AwsProvider;
}

/** Adds the providers of Tokyo, whose account is known, and of us-east-1. */
function withProviders(stack: TerraformStack): Stack {
  if (!stack.node.tryFindChild("aws"))
    new AwsProvider(stack, "aws", { region: "ap-northeast-1", allowedAccountIds: [ACCOUNT] });
  const edge = new AwsProvider(stack, "edge", { region: "us-east-1", alias: "edge", allowedAccountIds: [ACCOUNT] });
  return { stack, edge };
}

const distribution = (stack: TerraformStack, props: Partial<CdnProps>) =>
  new Cdn(stack, "made", { ...(cdn as CdnProps), ...props });
const webAcl = (stack: TerraformStack, props: Partial<WafProps>) => new Waf(stack, "made", { name: "crm", ...props });
const rule = (statement: WafRule["statement"]) => ({ customRules: [{ name: "own", statement }] });
const network = (stack: TerraformStack, kmsKeyArn: string) =>
  new Network(stack, "made", { name: "crm", availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"], kmsKeyArn });
const ipSetOf = (stack: TerraformStack, scope: string, provider?: AwsProvider) =>
  new Wafv2IpSet(stack, "set", { name: "a", scope, ipAddressVersion: "IPV4", provider }).arn;
const key = (stack: TerraformStack, provider?: AwsProvider) => new KmsKey(stack, "key", { provider });

/** A second stack of the app, in us-east-1. */
function other(stack: TerraformStack): TerraformStack {
  const made = new TerraformStack(stack.node.root, "other");
  new AwsProvider(made, "aws", { region: "us-east-1", allowedAccountIds: [ACCOUNT] });
  return made;
}

const refused: readonly [string, (stack: Stack) => unknown, string][] = [
  [
    "a regional IP set in a web ACL of a distribution",
    ({ stack, edge }) =>
      webAcl(stack, {
        scope: "CLOUDFRONT",
        provider: edge,
        ...rule(and(geo(["JP"]), not(ipSet(waf("us-east-1", "regional/ipset"))))),
      }),
    "customRules.own.statement: expected an IP set of WAF with scope CLOUDFRONT, that of the web ACL, got ",
  ],
  [
    "a global IP set in a regional web ACL",
    ({ stack }) => webAcl(stack, rule(ipSet(waf("us-east-1", "global/ipset")))),
    "customRules.own.statement: expected an IP set of WAF with scope REGIONAL, that of the web ACL, got ",
  ],
  [
    "a global rule group in a regional web ACL of us-east-1",
    ({ stack, edge }) =>
      webAcl(stack, { provider: edge, ...rule(ruleGroup(waf("us-east-1", "global/rulegroup"), 10)) }),
    "customRules.own.statement: expected a rule group of WAF with scope REGIONAL, that of the web ACL, got ",
  ],
  [
    "an IP set of another region in a regional web ACL",
    ({ stack }) => webAcl(stack, rule(ipSet(waf("us-east-1", "regional/ipset")))),
    "customRules.own.statement: expected an IP set of WAF in ap-northeast-1, the region of the stack, got one in us-east-1",
  ],
  [
    "a regional IP set of the same app in a web ACL of a distribution",
    ({ stack, edge }) =>
      webAcl(stack, { scope: "CLOUDFRONT", provider: edge, ...rule(ipSet(ipSetOf(stack, "REGIONAL", edge))) }),
    "customRules.own.statement: expected an IP set of WAF with scope CLOUDFRONT, that of the web ACL, got one with scope REGIONAL, test/set",
  ],
  [
    "an IP set of another region of the same app",
    ({ stack, edge }) => webAcl(stack, rule(ipSet(ipSetOf(stack, "REGIONAL", edge)))),
    "customRules.own.statement: expected an IP set of WAF in ap-northeast-1, the region of the stack, got one in us-east-1",
  ],
  [
    "a web ACL for load balancers at a distribution",
    ({ stack }) => distribution(stack, { webAclArn: new Waf(stack, "waf", { name: "crm" }).webAclArn }),
    "webAclArn: expected a web ACL with scope CLOUDFRONT, got one with scope REGIONAL, test/waf/web-acl",
  ],
  [
    "a web ACL of another account at a distribution",
    ({ stack }) =>
      distribution(stack, { webAclArn: waf("us-east-1", "global/webacl").replace(ACCOUNT, "210987654321") }),
    "webAclArn: expected a web ACL of account 123456789012, that of the stack, got one of 210987654321",
  ],
  [
    "a certificate of the stack's own region at a distribution",
    ({ stack }) =>
      distribution(stack, {
        certificateArn: new AcmCertificate(stack, "certificate", { domainName: "crm.example.com" }).arn,
      }),
    "certificateArn: expected a certificate in us-east-1, got one in ap-northeast-1, test/certificate",
  ],
  [
    "a certificate of us-east-1 at a load balancer",
    ({ stack, edge }) =>
      new AlbWebsocket(stack, "made", {
        name: "crm",
        network: {
          vpcId: "vpc-0123456789abcdef0",
          publicSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
        },
        certificateArn: new AcmCertificate(stack, "certificate", { domainName: "crm.example.com", provider: edge }).arn,
      }),
    "certificateArn: expected an ACM certificate in ap-northeast-1, the region of the stack, got one in us-east-1",
  ],
  [
    "a key of another region for a log group",
    ({ stack, edge }) => network(stack, key(stack, edge).arn),
    "kmsKeyArn: expected a KMS key in ap-northeast-1, the region of the stack, got one in us-east-1",
  ],
  [
    "a key of another stack in another region",
    ({ stack }) => network(stack, key(other(stack)).arn),
    "kmsKeyArn: expected a KMS key in ap-northeast-1, the region of the stack, got one in us-east-1",
  ],
  [
    "the id of a key",
    ({ stack }) => network(stack, key(stack).id),
    "kmsKeyArn: expected the ARN of a KMS key, arn:…:kms:<region>:<account>:key/<id>, got aws_kms_key.id of test/key",
  ],
  [
    "the ARN of a key's alias",
    ({ stack }) => network(stack, new KmsAlias(stack, "alias", { targetKeyId: key(stack).id }).arn),
    "kmsKeyArn: expected the ARN of a KMS key, arn:…:kms:<region>:<account>:key/<id>, got aws_kms_alias.arn of test/alias",
  ],
  [
    "a topic of another region",
    ({ stack, edge }) =>
      new RollbackAlarms(stack, "made", {
        name: "crm",
        loadBalancer: {
          loadBalancerArnSuffix: "app/crm/fedcba9876543210",
          targets: { app: "targetgroup/crm/0123456789abcdef" },
        },
        alarmTopicArn: new SnsTopic(stack, "topic", { name: "a", provider: edge }).arn,
      }),
    "alarmTopicArn: expected a standard SNS topic in ap-northeast-1, the region of the stack, got one in us-east-1",
  ],
];

it.each(refused)("refuses %s", (_, build, message) => {
  const lines = refusal((stack) => void build(withProviders(stack)));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(`[test/made] ${message}`);
});

it.each<[string, (stack: Stack) => unknown]>([
  [
    "what has the scope of the web ACL",
    ({ stack, edge }) =>
      webAcl(stack, { scope: "CLOUDFRONT", provider: edge, ...rule(ipSet(ipSetOf(stack, "CLOUDFRONT", edge))) }),
  ],
  ["literals of its region", ({ stack }) => webAcl(stack, rule(ipSet(waf("ap-northeast-1", "regional/ipset"))))],
  [
    "certificate and web ACL of us-east-1 at a distribution",
    ({ stack, edge }) =>
      distribution(stack, {
        certificateArn: new AcmCertificate(stack, "certificate", { domainName: "crm.example.com", provider: edge }).arn,
        webAclArn: new Waf(stack, "waf", { name: "crm", scope: "CLOUDFRONT", provider: edge }).webAclArn,
      }),
  ],
  [
    "a load balancer of another region as origin of a distribution",
    ({ stack, edge }) =>
      distribution(stack, {
        origin: { ...(cdn as CdnProps).origin, loadBalancerArn: new Lb(stack, "alb", { provider: edge }).arn },
      }),
  ],
  ["a key of its region, and one that a resource of another kind names", ({ stack }) => network(stack, key(stack).arn)],
  [
    "the key that an alias points to",
    ({ stack }) => network(stack, new KmsAlias(stack, "alias", { targetKeyId: key(stack).id }).targetKeyArn),
  ],
])("accepts %s", (_, build) => {
  synthesize((stack) => void build(withProviders(stack)));
});
