import { Token } from "cdktf";
import { Network, type NetworkProps } from "../../../modules/network";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";

const minimal: NetworkProps = { name: "crm", availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"] };
const made = (props: object) =>
  synthesize((stack) => void new Network(stack, "network", { ...minimal, ...props })).count("aws_vpc");
const refused = (props: object) =>
  refusal((stack) => void new Network(stack, "network", { ...minimal, ...props })).map((line) =>
    line.replace("[test/network] ", ""),
  );
const zones = (letters: string) => [...letters].map((letter) => `ap-northeast-1${letter}`);
const later = "a value that is known only at apply";

it.each<[string, object]>([
  ["the largest block", { cidrBlock: "10.0.0.0/16" }],
  ["the smallest block", { cidrBlock: "10.0.0.0/22" }],
  ["six zones", { availabilityZones: zones("abcdef") }],
  ["one endpoint", { interfaceEndpoints: ["ecr.api"] }],
  ["an endpoint of 63 characters", { interfaceEndpoints: ["a".repeat(63)] }],
  ["an endpoint of one character", { interfaceEndpoints: ["a"] }],
  ["no endpoint", { interfaceEndpoints: [] }],
])("accepts %s", (_, props) => expect(made(props)).toBe(1));

const literalCidr = (got: string) =>
  `cidrBlock: expected a literal IPv4 CIDR, for example 10.0.0.0/16, got ${got}. Subnets are computed from it at synth, so it cannot come from another resource.`;
const zone = (got: string) =>
  `availabilityZones: expected names of regular availability zones, such as ap-northeast-1a, got ${got}. List the zones of your account with \`aws ec2 describe-availability-zones\`.`;
const endpoint = (got: string) =>
  `interfaceEndpoints: expected short service names, such as ecr.api, got ${got}. Leave out the prefix com.amazonaws.<region>.`;

it.each<[string, object, string]>([
  [
    "a stem with capitals",
    { name: "CRM" },
    'name: expected lower-case letters, digits and single hyphens, at most 40, beginning with a letter, got "CRM". Use a literal such as "messenger-crm-prod".',
  ],
  ["a malformed block", { cidrBlock: "10.0.0.0" }, literalCidr('"10.0.0.0"')],
  ["a block known only at apply", { cidrBlock: Token.asString({ resolve: () => "10.0.0.0/16" }) }, literalCidr(later)],
  [
    "host bits",
    { cidrBlock: "10.0.0.1/16" },
    'cidrBlock: expected a network address with no host bits, got "10.0.0.1/16". Use 10.0.0.0/16.',
  ],
  [
    "a block that is too large",
    { cidrBlock: "10.0.0.0/15" },
    'cidrBlock: expected a prefix length from /16 to /22, got "10.0.0.0/15". AWS allows no VPC larger than /16.',
  ],
  [
    "a block that is too small",
    { cidrBlock: "10.0.0.0/23" },
    'cidrBlock: expected a prefix length from /16 to /22, got "10.0.0.0/23". A /23 has 512 addresses; 3 tiers in up to 8 zones leave subnets of /29, and AWS allows none smaller than /28.',
  ],
  [
    "no zones",
    { availabilityZones: undefined },
    'availabilityZones: expected a value, got nothing. Name them, for example ["ap-northeast-1a", "ap-northeast-1c"].',
  ],
  [
    "zones known only at apply",
    { availabilityZones: Token.asList("${var.zones}") },
    `availabilityZones: expected a list of literal zone names, got ${later}. Ids and CIDRs are computed from the zones at synth, so they cannot come from a data source.`,
  ],
  [
    "one zone",
    { availabilityZones: zones("a") },
    "availabilityZones: expected 2 to 6, got 1 (ap-northeast-1a). A load balancer needs two zones, and the service must survive the failure of one.",
  ],
  [
    "seven zones",
    { availabilityZones: zones("abcdefg") },
    `availabilityZones: expected 2 to 6, got 7 (${zones("abcdefg").join(", ")}). A load balancer needs two zones, and the service must survive the failure of one.`,
  ],
  [
    "local zones",
    { availabilityZones: ["ap-northeast-1a", "us-west-2-lax-1a", "ap-northeast-1i"] },
    zone('"us-west-2-lax-1a", "ap-northeast-1i"'),
  ],
  [
    "two zones twice",
    { availabilityZones: zones("aacc") },
    'availabilityZones: expected each zone once, got "ap-northeast-1a", "ap-northeast-1c". Remove the repeated zone.',
  ],
  [
    "zones of two regions",
    { availabilityZones: ["ap-northeast-1a", "ap-northeast-3a"] },
    "availabilityZones: expected zones of one region, got ap-northeast-1, ap-northeast-3. A VPC belongs to one region.",
  ],
  [
    "an unknown egress",
    { egress: "nat" },
    'egress: expected a literal, one of single-nat-gateway, nat-gateway-per-zone, public-ip, vpc-endpoints, single-nat-instance, nat-instance-per-zone, got "nat". See the network README for what each costs.',
  ],
  [
    "days that CloudWatch Logs does not know",
    { flowLogRetentionDays: 31 },
    "flowLogRetentionDays: expected one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 31. Use a value that CloudWatch Logs accepts.",
  ],
  [
    "a key's alias",
    { kmsKeyArn: "alias/crm" },
    'kmsKeyArn: expected the ARN of a KMS key, arn:…:kms:<region>:<account>:key/<id>, got "alias/crm". Pass the ARN of a KMS key, not its id or alias.',
  ],
  [
    "a switch known only at apply",
    { flowLogs: Token.asAny("${var.on}") },
    `flowLogs: expected a literal true or false, got ${later}. It decides what is synthesized, so it must be known at synth.`,
  ],
  ["whole service names", { interfaceEndpoints: ["Ecr.api", "-x", "x_y"] }, endpoint('"Ecr.api", "-x", "x_y"')],
  ["an endpoint of 64 characters", { interfaceEndpoints: ["a".repeat(64)] }, endpoint(`"${"a".repeat(64)}"`)],
  [
    "an endpoint known only at apply",
    { interfaceEndpoints: [Token.asString({ resolve: () => "logs" })] },
    endpoint(later),
  ],
  [
    "an endpoint twice",
    { interfaceEndpoints: ["logs", "logs"] },
    'interfaceEndpoints: expected each service once, got "logs". Remove the repeated one.',
  ],
  [
    "services with a free gateway endpoint",
    { interfaceEndpoints: ["s3", "logs", "dynamodb"] },
    "interfaceEndpoints: expected services without a free gateway endpoint, got s3, dynamodb. The S3 gateway endpoint always exists and is free of charge.",
  ],
])("refuses %s", (_, props, message) => expect(refused(props)).toEqual([message]));

it.each([
  ["10.0.0.0/16", []],
  [
    "8.8.0.0/16",
    [
      "cidrBlock 8.8.0.0/16 is public address space: tasks could not reach the hosts that own it. Use a private block (RFC 1918), such as 10.0.0.0/16.",
    ],
  ],
  [
    "172.17.0.0/16",
    [
      "cidrBlock 172.17.0.0/16 overlaps 172.17.0.0/16, the default network of Docker: hosts that run it, Cloud9 and SageMaker among them, cannot reach those addresses. Use another private block, such as 10.0.0.0/16.",
    ],
  ],
])("warns of addresses that are taken elsewhere: %s", (cidrBlock, warnings) => {
  const warned: unknown[] = [];
  synthesize((stack) => {
    const network = new Network(stack, "network", { ...minimal, cidrBlock });
    warned.push(
      ...network.node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => data as unknown),
    );
  });
  expect(warned).toEqual(warnings);
});
