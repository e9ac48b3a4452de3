import { Network, type NetworkProps } from "../../../modules/network";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";

const ZONES = ["ap-northeast-1a", "ap-northeast-1c"];
const minimal: NetworkProps = { name: "crm-dev", availabilityZones: ZONES };
const network = (props: Partial<NetworkProps> = {}) =>
  synthesize((stack) => void new Network(stack, "network", { ...minimal, ...props }));

describe("network with its defaults", () => {
  const template = network();

  it("creates exactly these resources", () => {
    expect(template.counts()).toEqual({
      aws_cloudwatch_log_group: 1,
      aws_default_security_group: 1,
      aws_eip: 1,
      aws_flow_log: 1,
      aws_iam_role: 1,
      aws_iam_role_policy: 1,
      aws_internet_gateway: 1,
      aws_nat_gateway: 1,
      aws_route: 3,
      aws_route_table: 4,
      aws_route_table_association: 6,
      aws_subnet: 6,
      aws_vpc: 1,
      aws_vpc_endpoint: 1,
    });
  });

  it("spreads three tiers over the zones, none with public addresses by default", () => {
    const subnets = template.resources("aws_subnet");
    expect(Object.fromEntries(Object.entries(subnets).map(([path, { cidr_block }]) => [path, cidr_block]))).toEqual({
      "network/public-ap-northeast-1a": "10.0.160.0/22",
      "network/public-ap-northeast-1c": "10.0.168.0/22",
      "network/private-ap-northeast-1a": "10.0.0.0/20",
      "network/private-ap-northeast-1c": "10.0.32.0/20",
      "network/isolated-ap-northeast-1a": "10.0.128.0/22",
      "network/isolated-ap-northeast-1c": "10.0.136.0/22",
    });
    expect(Object.values(subnets).map((subnet) => subnet["map_public_ip_on_launch"])).toEqual(Array(6).fill(false));
  });

  it("locks the default security group", () => {
    expect(template.only("aws_default_security_group")).toMatchObject({ ingress: [], egress: [] });
  });

  it("gives isolated subnets no route to the internet", () => {
    const targets = Object.values(template.resources("aws_route")).map((route) => route["route_table_id"]);
    const isolated = Object.keys(template.json.resource!["aws_route_table"]!).find((name) =>
      name.includes("isolated"),
    )!;
    expect(targets).not.toContain(`\${aws_route_table.${isolated}.id}`);
  });
});

describe("egress", () => {
  const natRoutes = (props: Partial<NetworkProps>) =>
    Object.entries(network(props).resources("aws_route"))
      .filter(([path]) => path.includes("private"))
      .map(([path, route]) => [path, route["nat_gateway_id"]]);

  it("sends every zone through one NAT gateway, or each through its own", () => {
    const single = natRoutes({});
    expect(new Set(single.map(([, nat]) => nat)).size).toBe(1);
    expect(single).toHaveLength(2);
    const perZone = natRoutes({ egress: "nat-gateway-per-zone" });
    expect(new Set(perZone.map(([, nat]) => nat)).size).toBe(2);
  });

  it("keeps the same NAT gateway whatever the order of the zones", () => {
    const nat = (zones: string[]) => Object.keys(network({ availabilityZones: zones }).resources("aws_nat_gateway"));
    expect(nat(ZONES)).toEqual(nat([...ZONES].reverse()));
  });

  it("puts tasks in public subnets without NAT with public-ip", () => {
    const template = synthesize((stack) => {
      const made = new Network(stack, "network", { ...minimal, egress: "public-ip" });
      expect(made.assignPublicIp).toBe(true);
      expect(made.taskSubnetIds).toEqual(made.publicSubnetIds);
    });
    expect(template.count("aws_nat_gateway")).toBe(0);
  });

  it("creates the endpoints that Fargate needs and no route to the internet with vpc-endpoints", () => {
    const template = network({ egress: "vpc-endpoints" });
    expect(template.count("aws_nat_gateway")).toBe(0);
    const services = Object.values(template.resources("aws_vpc_endpoint")).map((endpoint) => endpoint["service_name"]);
    expect(services.sort()).toEqual(
      ["ecr.api", "ecr.dkr", "logs", "s3", "secretsmanager"].map(
        (service) => `com.amazonaws.ap-northeast-1.${service}`,
      ),
    );
    expect(template.only("aws_vpc_security_group_ingress_rule")).toMatchObject({
      cidr_ipv4: "10.0.0.0/16",
      from_port: 443,
      to_port: 443,
      ip_protocol: "tcp",
    });
  });
});

describe("network refuses", () => {
  const cases: [string, Partial<NetworkProps>, string][] = [
    [
      "one zone",
      { availabilityZones: ["ap-northeast-1a"] },
      "[test/network] availabilityZones: expected 2 to 6, got 1 (ap-northeast-1a). A load balancer needs two zones, and the service must survive the failure of one.",
    ],
    [
      "host bits",
      { cidrBlock: "10.0.0.1/16" },
      '[test/network] cidrBlock: expected a network address with no host bits, got "10.0.0.1/16". Use 10.0.0.0/16.',
    ],
    [
      "a VPC too small for its subnets",
      { cidrBlock: "10.0.0.0/24" },
      '[test/network] cidrBlock: expected a prefix length from /16 to /22, got "10.0.0.0/24". A /24 has 256 addresses; 3 tiers in up to 8 zones leave subnets of /30, and AWS allows none smaller than /28.',
    ],
    [
      "zones of two regions",
      { availabilityZones: ["ap-northeast-1a", "us-east-1b"] },
      "[test/network] availabilityZones: expected zones of one region, got ap-northeast-1, us-east-1. A VPC belongs to one region.",
    ],
    [
      "a gateway service among the interface endpoints",
      { interfaceEndpoints: ["s3"] },
      "[test/network] interfaceEndpoints: expected services without a free gateway endpoint, got s3. The S3 gateway endpoint always exists and is free of charge.",
    ],
  ];
  it.each(cases)("%s", (_, props, message) => {
    expect(refusal((stack) => void new Network(stack, "network", { ...minimal, ...props }))).toEqual([message]);
  });

  it.each(["10.0.0.0/33", "abc", "256.0.0.0/16", "2001:db8::/56", "10.0.0.0"])("%s as a CIDR", (cidrBlock) => {
    const [line] = refusal((stack) => void new Network(stack, "network", { ...minimal, cidrBlock }));
    expect(line).toContain(`cidrBlock: expected a literal IPv4 CIDR, for example 10.0.0.0/16, got "${cidrBlock}"`);
  });

  it("several problems in one error", () => {
    const lines = refusal(
      (stack) => void new Network(stack, "network", { name: "CRM", availabilityZones: [], cidrBlock: "nonsense" }),
    );
    expect(lines.map((line) => line.split(" ")[1])).toEqual(["name:", "cidrBlock:", "availabilityZones:"]);
  });

  it("an unknown prop, by name", () => {
    const props = { ...minimal, cidr: "10.0.0.0/16" } as NetworkProps;
    const [line] = refusal((stack) => void new Network(stack, "network", props));
    expect(line).toContain("[test/network] cidr: expected a prop that exists");
  });
});

it("ignores later changes to the props", () => {
  const zones = [...ZONES];
  const template = synthesize((stack) => {
    new Network(stack, "network", { ...minimal, availabilityZones: zones });
    zones.push("ap-northeast-1d");
  });
  expect(template.count("aws_subnet")).toBe(6);
});
