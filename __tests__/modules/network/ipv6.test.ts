import { TerraformOutput } from "cdktf";
import { Network, type NetworkProps } from "../../../modules/network";
import { EGRESS_KINDS } from "../../../modules/network/egress";
import { ipv6SubnetNumber, TIERS } from "../../../modules/network/subnet-plan";
import { synthesize } from "../../helpers/synth";

const ZONES = ["ap-northeast-1a", "ap-northeast-1c"];
const network = (props: Partial<NetworkProps> = {}) =>
  synthesize(
    (stack) => void new Network(stack, "network", { name: "crm-dev", availabilityZones: ZONES, ipv6: true, ...props }),
  );

describe("IPv6 beside IPv4", () => {
  const template = network();
  const vpc = Object.keys(template.json.resource!["aws_vpc"]!)[0]!;

  it("adds a gateway and routes, and keeps every address", () => {
    const before = network({ ipv6: false });
    expect(template.addresses()).toEqual(expect.arrayContaining(before.addresses()));
    const { aws_route, ...rest } = before.counts();
    expect(template.counts()).toEqual({
      ...rest,
      aws_egress_only_internet_gateway: 1,
      aws_route: aws_route! + 3,
    });
  });

  it("uses an Amazon-provided block for the VPC, and a /64 of it for each subnet", () => {
    expect(template.only("aws_vpc")["assign_generated_ipv6_cidr_block"]).toBe(true);
    const subnets = Object.entries(template.resources("aws_subnet")).map(([path, subnet]) => [
      path.replace("network/", ""),
      [subnet["ipv6_cidr_block"], subnet["assign_ipv6_address_on_creation"]],
    ]);
    const block = (number: number) => `\${cidrsubnet(aws_vpc.${vpc}.ipv6_cidr_block, 8, ${number})}`;
    expect(Object.fromEntries(subnets)).toEqual({
      "private-ap-northeast-1a": [block(0), true],
      "private-ap-northeast-1c": [block(2), true],
      "isolated-ap-northeast-1a": [block(8), false],
      "isolated-ap-northeast-1c": [block(10), false],
      "public-ap-northeast-1a": [block(16), true],
      "public-ap-northeast-1c": [block(18), true],
    });
  });

  it("allows only egress from private subnets, and leaves isolated subnets without a route", () => {
    const routes = Object.entries(template.resources("aws_route")).filter(
      ([, route]) => route["destination_ipv6_cidr_block"] !== undefined,
    );
    const [gateway, outbound] = ["aws_internet_gateway", "aws_egress_only_internet_gateway"].map(
      (type) => `\${${type}.${Object.keys(template.json.resource![type]!)[0]}.id}`,
    );
    expect(
      routes.map(([path, route]) => [
        path.replace("network/", ""),
        route["destination_ipv6_cidr_block"],
        route["gateway_id"] ?? route["egress_only_gateway_id"],
      ]),
    ).toEqual([
      ["private-ap-northeast-1a-internet-ipv6", "::/0", outbound],
      ["private-ap-northeast-1c-internet-ipv6", "::/0", outbound],
      ["public-internet-ipv6", "::/0", gateway],
    ]);
  });

  it.each(EGRESS_KINDS)("routes egress from private subnets as IPv4 does: %s", (egress) => {
    const made = network({ egress });
    const out = (attribute: string) =>
      Object.entries(made.resources("aws_route")).filter(
        ([path, route]) => path.includes("/private-") && route[attribute] !== undefined,
      ).length;
    expect(out("destination_ipv6_cidr_block")).toBe(out("destination_cidr_block"));
    expect(made.count("aws_egress_only_internet_gateway")).toBe(out("destination_cidr_block") > 0 ? 1 : 0);
  });
});

it("exposes the block, known only at apply, and nothing of IPv6 without it", () => {
  const block = synthesize((stack) => {
    const { ipv6CidrBlock } = new Network(stack, "network", { name: "crm", availabilityZones: ZONES, ipv6: true });
    new TerraformOutput(stack, "block", { value: ipv6CidrBlock });
    expect(new Network(stack, "other", { name: "other", availabilityZones: ZONES }).ipv6CidrBlock).toBeUndefined();
  }).json.output!["block"]!["value"];
  expect(block).toMatch(/^\$\{aws_vpc\.network_vpc_\w+\.ipv6_cidr_block\}$/);
  expect(network({ ipv6: false }).text).not.toMatch(/ipv6/);
});

it("gives every tier in every zone its own number within a /56", () => {
  const zones = [..."abcdefgh"].map((letter) => `us-east-1${letter}`);
  const numbers = TIERS.flatMap((tier) => zones.map((zone) => ipv6SubnetNumber(tier, zone)));
  expect(new Set(numbers).size).toBe(24);
  expect(numbers.every((number) => number >= 0 && number < 256)).toBe(true);
});
