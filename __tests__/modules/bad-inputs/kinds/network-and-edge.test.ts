import { AnnotationMetadataEntryType, App, TerraformStack, Token } from "cdktf";
import { wafStatement } from "../../../../modules";
import { MAKERS } from "../makers";
import { type Accepted, itChecks, problemsOf, type Refused } from "./case";

const vpc = (cidrBlock: string): Refused => [
  cidrBlock,
  "network",
  { cidrBlock },
  "cidrBlock network/reserved-cidr-block",
];
itChecks(
  "VPC blocks that EC2 refuses",
  [
    "127.0.0.0/16",
    "127.255.0.0/20",
    "169.254.0.0/16",
    "169.254.128.0/20",
    "224.0.0.0/16",
    "239.1.0.0/16",
    "0.0.0.0/16",
    "0.1.0.0/16",
  ].map(vpc),
  ["10.0.0.0/16", "128.0.0.0/16", "169.253.0.0/16", "223.255.0.0/16", "1.0.0.0/16", "100.64.0.0/16"].map(
    (cidrBlock): Accepted => [cidrBlock, "network", { cidrBlock }],
  ),
);

it.each([
  ["172.17.0.0/16", 1],
  ["172.17.128.0/20", 1],
  ["172.16.0.0/16", 0],
  ["172.18.0.0/16", 0],
])("warns that the VPC %s overlaps the network of Docker: %p", (cidrBlock, count) => {
  const stack = new TerraformStack(new App(), "test");
  MAKERS.network(stack, { cidrBlock });
  const warnings = stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === AnnotationMetadataEntryType.WARN.toString());
  expect(warnings.filter(({ data }) => String(data).includes("Docker"))).toHaveLength(count);
});

const endpoint = (name: string): Refused => [
  name,
  "network",
  { interfaceEndpoints: [name] },
  "interfaceEndpoints network/endpoint-service",
];
itChecks(
  "names of endpoint services",
  [
    "com.amazonaws.ap-northeast-1.ecr.api",
    "cn.com.amazonaws.cn-north-1.ecr.api",
    "amazonaws.ecr.api",
    "aws.sagemaker.ap-northeast-1.studio",
    "vpce-svc-0123456789abcdef0",
    "ecr..api",
    "ecr.api.",
    "ecr-.api",
    "ECR.api",
    "ecr.api ",
    "https://ecr",
  ].map(endpoint),
  [
    "ecr.api",
    "ssmmessages",
    "execute-api",
    "elasticloadbalancing",
    "git-codecommit-fips",
    "rds-data",
    "monitoring",
  ].map((name): Accepted => [name, "network", { interfaceEndpoints: [name] }]),
);

const blocks = (count: number) => Array.from({ length: count }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`);
itChecks(
  "addresses",
  [
    ["an IP set of 10,001 blocks", "waf", { deniedIps: blocks(10_001) }, "deniedIps waf/ip-set-size"],
    [
      "an IPv6 block at an IPv4 load balancer",
      "loadBalancer",
      { allowedCidrs: ["203.0.113.0/24", "2001:db8::/32"] },
      "allowedCidrs alb-websocket/ipv6-source",
    ],
    [
      "every IPv6 address at one",
      "loadBalancer",
      { allowedCidrs: ["0.0.0.0/0", "::/0"] },
      "allowedCidrs alb-websocket/ipv6-source",
    ],
  ],
  [
    ["an IP set of 10,000 blocks and IPv6", "waf", { deniedIps: [...blocks(10_000), "2001:db8::/32"] }],
    [
      "an IPv6 block at a load balancer with both",
      "loadBalancer",
      { ipAddressType: "dualstack", allowedCidrs: ["2001:db8::/32"] },
    ],
  ],
);

const { regex } = wafStatement;
describe("regular expressions of WAF", () => {
  it.each([
    "(",
    ")",
    "[a",
    "a**",
    "*",
    "\\",
    "a{2,1}",
    "[z-a]",
    "(?<name",
    "^(?=x)",
    "(?<!x)y",
    "(a)\\1",
    "(?>a)",
    "a++",
    "(?R)",
    "(?P<x>a)(?P=x)",
    "\\Ka",
  ])("refuses %s", (pattern) => {
    expect(problemsOf(() => void regex("uri-path", pattern))).toEqual(["regex waf/regular-expression"]);
  });

  it.each([
    "^/(admin|internal)/",
    "(?i)select.+from",
    "(?i:abc)x",
    "(?P<name>[a-z]+)",
    "[[:alpha:]]+",
    "[]a]",
    "[(?=]",
    "\\d{1,3}(\\.\\d{1,3}){3}$",
    "\\Aa\\z",
    "a{,3}",
    "x{y",
    "a+?b*?",
    "\\(\\?=",
    "[+]+",
  ])("accepts %s", (pattern) => expect(() => regex("uri-path", pattern)).not.toThrow());

  it("accepts one that is known only at apply", () => {
    expect(() => regex("uri-path", Token.asString({ resolve: () => "(" }))).not.toThrow();
  });
});
