import { ref, Token } from "cdktf";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { type Maker, MAKERS } from "./makers";

// Beyond the table: literals that decide which resources exist, and values that AWS would refuse only at apply.

const refused = (maker: Maker, changes: object) => refusal((stack) => void MAKERS[maker](stack, changes));
const later = ref("var.later");
const network = {
  vpcId: "vpc-0123456789abcdef0",
  publicSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  privateSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
};

const switches: [Maker, string][] = [
  ["network", "flowLogs"],
  ["network", "ipv6"],
  ["loadBalancer", "internal"],
  ["loadBalancer", "allowInsecureHttp"],
  ["loadBalancer", "redirectHttp"],
  ["target", "stickiness"],
  ["waf", "monitorOnly"],
  ["waf", "sqlInjection"],
  ["waf", "logAllRequests"],
  ["waf", "redactQueryString"],
  ["secrets", "allowImmediateDeletion"],
  ["monitoring", "dashboard"],
];
it.each(switches)("%s.%s must be a literal: an expression would count as true", (maker, prop) => {
  const extra = prop === "internal" ? { network } : {};
  const path = maker === "target" ? "test/x/service-web" : "test/x";
  expect(refused(maker, { ...extra, [prop]: later })).toContain(
    `[${path}] ${prop}: expected a literal true or false, got a value that is known only at apply. It decides what is synthesized, so it must be known at synth.`,
  );
});

const choices: [Maker, object, string, string][] = [
  [
    "network",
    { egress: later },
    "egress",
    "single-nat-gateway, nat-gateway-per-zone, public-ip, vpc-endpoints, single-nat-instance, nat-instance-per-zone",
  ],
  ["loadBalancer", { ipAddressType: later }, "ipAddressType", "ipv4, dualstack"],
  ["database", { databaseInsights: later }, "databaseInsights", "standard, advanced"],
  ["waf", { scope: later }, "scope", "REGIONAL, CLOUDFRONT"],
  ["waf", { anonymousIps: later }, "anonymousIps", "count, block, off"],
];
it.each(choices)("%s %j must be a literal", (maker, changes, prop, allowed) => {
  const [line, ...more] = refused(maker, changes);
  expect(line).toContain(
    `[test/x] ${prop}: expected a literal, one of ${allowed}, got a value that is known only at apply. `,
  );
  expect(more).toEqual([]);
});

const remedyOfId = "Take it from the VPC console or from the stack that made it.";
const target = "Pass what addService() of the load balancer returns.";
const loadBalancer = {
  targetGroupArn: "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:targetgroup/crm/0123456789abcdef",
  targetGroupArnSuffix: "targetgroup/crm/0123456789abcdef",
  loadBalancerArnSuffix: "app/crm/fedcba9876543210",
  loadBalancerSecurityGroupId: "sg-0123456789abcdef0",
  containerPort: 3000,
  deregistrationDelaySec: 30,
  healthySec: 60,
  dependencies: [],
};
const behind = (changes: object) => ({ drainSec: 30, loadBalancer: { ...loadBalancer, ...changes } });
const allows = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const statement = (changes: object) => ({ taskPolicyStatements: [{ ...allows, ...changes }] });
const whole = "expected text, or a list of it, with at least one element";
const refuses = "IAM refuses a statement without it.";
const bucket = "3 to 63 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit";
const folder = "expected a folder without a slash at either end, and without AWSLogs in it";

it.each<[string, Maker, object, string]>([
  [
    "a VPC of blanks",
    "loadBalancer",
    { network: { ...network, vpcId: " " } },
    'network.vpcId: expected a value, got " ". Pass the id of the VPC.',
  ],
  [
    "a subnet for a VPC",
    "database",
    { network: { ...network, isolatedSubnetIds: network.privateSubnetIds, vpcId: "subnet-0123456789abcdef0" } },
    `network.vpcId: expected an id such as vpc-0123456789abcdef0, got "subnet-0123456789abcdef0". ${remedyOfId}`,
  ],
  [
    "an id of 7 digits",
    "cache",
    { network: { vpcId: "vpc-0123456", isolatedSubnetIds: network.privateSubnetIds } },
    `network.vpcId: expected an id such as vpc-0123456789abcdef0, got "vpc-0123456". ${remedyOfId}`,
  ],
  [
    "an id of 18 digits",
    "cache",
    { network: { vpcId: "vpc-0123456789abcdef01", isolatedSubnetIds: network.privateSubnetIds } },
    `network.vpcId: expected an id such as vpc-0123456789abcdef0, got "vpc-0123456789abcdef01". ${remedyOfId}`,
  ],
  [
    "no vpc of the tasks",
    "service",
    { network: { taskSubnetIds: network.privateSubnetIds, assignPublicIp: false } },
    "network.vpcId: expected a value, got nothing. Pass the id of the VPC.",
  ],
  [
    "a prefix list by its name",
    "loadBalancer",
    { allowedPrefixListIds: { cloudfront: "com.amazonaws.global" } },
    'allowedPrefixListIds.cloudfront: expected an id such as pl-0123456789abcdef0, got "com.amazonaws.global". Pass its id.',
  ],
  [
    "a prefix list for a group",
    "loadBalancer",
    { allowedSecurityGroupIds: { office: "pl-58a04531" } },
    'allowedSecurityGroupIds.office: expected an id such as sg-0123456789abcdef0, got "pl-58a04531". Pass its id.',
  ],
  [
    "a log bucket with capitals",
    "loadBalancer",
    { accessLogs: { bucketName: "Logs" } },
    `accessLogs.bucketName: expected ${bucket}, got "Logs". Pass the bucketName of a LogBucket.`,
  ],
  [
    "a log folder of 513 characters",
    "loadBalancer",
    { accessLogs: { bucketName: "logs", prefix: "a".repeat(513) } },
    `accessLogs.prefix: ${folder}, got "${"a".repeat(79)}…. For example alb, or alb/crm.`,
  ],
  [
    "an endpoint twice",
    "network",
    { interfaceEndpoints: ["ecr.api", "ecr.api"] },
    'interfaceEndpoints: expected each service once, got "ecr.api". Remove the repeated one.',
  ],
  [
    "an endpoint of 64 characters",
    "network",
    { interfaceEndpoints: ["a".repeat(64)] },
    `interfaceEndpoints: expected short service names, such as ecr.api, got "${"a".repeat(64)}". Leave out the prefix com.amazonaws.<region>.`,
  ],
  [
    "a target group by its name",
    "service",
    behind({ targetGroupArn: "crm" }),
    `loadBalancer.targetGroupArn: expected the ARN of a target group, arn:…:elasticloadbalancing:<region>:<account>:targetgroup/<name>/<id>, got "crm". ${target}`,
  ],
  [
    "a load balancer's group by its name",
    "service",
    behind({ loadBalancerSecurityGroupId: "alb" }),
    `loadBalancer.loadBalancerSecurityGroupId: expected an id such as sg-0123456789abcdef0, got "alb". ${target}`,
  ],
  [
    "nothing to wait for",
    "service",
    behind({ dependencies: [{}] }),
    `loadBalancer.dependencies[0]: expected a resource to wait for, got a value of type object. ${target}`,
  ],
  [
    "a statement without an effect",
    "service",
    statement({ Effect: undefined }),
    "taskPolicyStatements[0].Effect: expected a value, got nothing. Say Allow or Deny.",
  ],
  [
    "a statement of another effect",
    "service",
    statement({ Effect: "allow" }),
    'taskPolicyStatements[0].Effect: expected one of Allow, Deny, got "allow". IAM spells them like this.',
  ],
  [
    "a statement without an action",
    "service",
    statement({ Action: undefined }),
    `taskPolicyStatements[0].Action: ${whole}, got nothing. ${refuses}`,
  ],
  [
    "a statement of no actions",
    "service",
    statement({ Action: [] }),
    `taskPolicyStatements[0].Action: ${whole}, got []. ${refuses}`,
  ],
  [
    "a statement of an empty resource",
    "service",
    statement({ Resource: [" "] }),
    `taskPolicyStatements[0].Resource: ${whole}, got [ ' ' ]. ${refuses}`,
  ],
])("refuses %s", (_, maker, changes, message) => expect(refused(maker, changes)).toEqual([`[test/x] ${message}`]));

it("writes out a policy's list, whose elements may be known only at apply", () => {
  const list = Token.asList(later);
  expect(refused("service", statement({ Resource: list }))).toEqual([
    "[test/x] taskPolicyStatements[0].Resource: expected a list whose length is known at synth, got a value that is known only at apply. Write its elements out; each may be known only at apply.",
  ]);
  const { text } = synthesize(
    (stack) => void MAKERS.service(stack, statement({ Resource: ["arn:aws:s3:::a", later] })),
  );
  expect(text).toContain('\\"Resource\\":[\\"arn:aws:s3:::a\\",\\"${var.later}\\"]');
});

it("refuses a rule name of more than 128 characters", () => {
  const named = (length: number) => refused("waf", { customRules: [{ name: "a".repeat(length), statement: null }] });
  expect(named(129)[0]).toContain(
    "customRules: expected names of lower-case letters, digits and single hyphens, at most 128",
  );
  expect(named(128).join("\n")).not.toContain("at most 128");
});
