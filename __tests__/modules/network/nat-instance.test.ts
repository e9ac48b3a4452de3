import { Token } from "cdktf";
import { Network, type NetworkProps } from "../../../modules/network";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { type Template } from "../../helpers/template";

const ZONES = ["ap-northeast-1a", "ap-northeast-1c"];
const minimal: NetworkProps = {
  name: "crm-dev",
  availabilityZones: ZONES,
  cidrBlock: "10.20.0.0/16",
  egress: "single-nat-instance",
};
const network = (props: Partial<NetworkProps> = {}) =>
  synthesize((stack) => void new Network(stack, "network", { ...minimal, ...props }));
const name = (template: Template, type: string, zone: string) =>
  Object.keys(template.json.resource![type]!).find((key) => key.includes(zone))!;

describe("one NAT instance", () => {
  const template = network();
  const networkInterface = name(template, "aws_network_interface", "1a");

  it("replaces the NAT gateway and changes nothing else", () => {
    const gateway = network({ egress: "single-nat-gateway" }).counts();
    const { aws_nat_gateway, ...rest } = gateway;
    expect(aws_nat_gateway).toBe(1);
    expect(template.counts()).toEqual({
      ...rest,
      aws_autoscaling_group: 1,
      aws_launch_template: 1,
      aws_network_interface: 1,
      aws_security_group: 1,
      aws_vpc_security_group_egress_rule: 1,
      aws_vpc_security_group_ingress_rule: 1,
    });
  });

  it("turns on swap before it installs a package, which 512 MiB of memory do not hold, and keeps it after a restart", () => {
    const script = Buffer.from(String(template.only("aws_launch_template")["user_data"]), "base64").toString();
    const lines = script.split("\n");
    const at = (beginning: string) => lines.findIndex((line) => line.startsWith(beginning));
    const order = ["dd if=/dev/zero of=/swap bs=1M count=1024", "mkswap /swap", "swapon /swap", "dnf install"].map(at);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
    expect(lines).toContain("echo '/swap none swap sw 0 0' >> /etc/fstab");
  });

  it("has a permanent network interface with an Elastic IP and no source/destination check", () => {
    expect(template.only("aws_network_interface")).toEqual({
      description: "NAT instance of ap-northeast-1a",
      subnet_id: expect.stringContaining("aws_subnet.network_public-ap-northeast-1a") as unknown,
      security_groups: [expect.stringContaining("aws_security_group.network_nat-security-group") as unknown],
      source_dest_check: false,
      tags: { Name: "crm-dev-nat-ap-northeast-1a" },
      lifecycle: { create_before_destroy: true },
    });
    expect(template.only("aws_eip")).toMatchObject({
      domain: "vpc",
      network_interface: `\${aws_network_interface.${networkInterface}.id}`,
    });
  });

  it("is the target of every private subnet's route, once an instance uses it", () => {
    const routes = Object.entries(template.resources("aws_route")).filter(([path]) => path.includes("private"));
    expect(routes.map(([path]) => path)).toEqual([
      "network/private-ap-northeast-1a-internet",
      "network/private-ap-northeast-1c-internet",
    ]);
    for (const [, route] of routes) {
      expect(route).toMatchObject({
        destination_cidr_block: "0.0.0.0/0",
        network_interface_id: `\${aws_network_interface.${networkInterface}.id}`,
        depends_on: [
          expect.stringContaining("aws_autoscaling_group."),
          expect.stringContaining("aws_vpc_security_group_ingress_rule."),
          expect.stringContaining("aws_vpc_security_group_egress_rule."),
        ] as unknown[],
      });
    }
  });

  it("runs an instance with IMDSv2 only, an encrypted root volume and no role", () => {
    const { user_data: userData, ...machine } = template.only("aws_launch_template");
    expect(machine).toEqual({
      name: "crm-dev-nat-ap-northeast-1a",
      image_id: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
      instance_type: "t4g.nano",
      network_interfaces: [
        {
          device_index: 0,
          network_interface_id: `\${aws_network_interface.${networkInterface}.id}`,
          delete_on_termination: "false",
        },
      ],
      metadata_options: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
      block_device_mappings: [
        {
          device_name: "/dev/xvda",
          ebs: { encrypted: "true", volume_type: "gp3", volume_size: 8, delete_on_termination: "true" },
        },
      ],
      tag_specifications: ["instance", "volume"].map((kind) => ({
        resource_type: kind,
        tags: { Name: "crm-dev-nat-ap-northeast-1a" },
      })),
      tags: { Name: "crm-dev-nat-ap-northeast-1a" },
    });
    expect(Buffer.from(String(userData), "base64").toString()).toMatch(/^#!\/bin\/bash\nset -euo pipefail\ntrap /);
  });

  it("is replaced by an Auto Scaling group of one, which terminates the old instance first", () => {
    const template1 = name(template, "aws_launch_template", "1a");
    expect(template.only("aws_autoscaling_group")).toEqual({
      name: "crm-dev-nat-ap-northeast-1a",
      min_size: 1,
      max_size: 1,
      availability_zones: ["ap-northeast-1a"],
      launch_template: {
        id: `\${aws_launch_template.${template1}.id}`,
        version: `\${tostring(aws_launch_template.${template1}.latest_version)}`,
      },
      health_check_type: "EC2",
      initial_lifecycle_hook: [
        {
          name: "set-up",
          lifecycle_transition: "autoscaling:EC2_INSTANCE_LAUNCHING",
          heartbeat_timeout: 180,
          default_result: "CONTINUE",
        },
      ],
      instance_maintenance_policy: { min_healthy_percentage: 0, max_healthy_percentage: 100 },
      instance_refresh: {
        strategy: "Rolling",
        preferences: { min_healthy_percentage: 0, max_healthy_percentage: 100 },
      },
      lifecycle: { create_before_destroy: true, ignore_changes: ["initial_lifecycle_hook"] },
      depends_on: expect.arrayContaining([
        expect.stringContaining("aws_eip."),
        expect.stringContaining("aws_route.network_public-internet"),
        expect.stringContaining("aws_vpc_security_group_ingress_rule."),
        expect.stringContaining("aws_vpc_security_group_egress_rule."),
      ]) as unknown,
    });
  });

  it("is in service, so that routes and tasks follow, only when it has been set up", () => {
    const hook = (props: Partial<NetworkProps>) =>
      network(props).only("aws_autoscaling_group")["initial_lifecycle_hook"];
    expect(hook({})).toMatchObject([{ heartbeat_timeout: 180, default_result: "CONTINUE" }]);
    const natInstance = { imageId: "ami-0123456789abcdef0" };
    expect(hook({ natInstance })).toMatchObject([{ heartbeat_timeout: 60, default_result: "CONTINUE" }]);
  });

  it("forwards packets from the private subnets, under one address, and allows no other ingress", () => {
    const script = Buffer.from(String(template.only("aws_launch_template")["user_data"]), "base64").toString();
    expect(script).toContain("-A POSTROUTING -s 10.20.0.0/17 ! -d 10.20.0.0/16 -j MASQUERADE\n");
    expect(script).toContain(":INPUT DROP [0:0]\n:FORWARD DROP [0:0]\n");
    expect(script).toContain("-A FORWARD -s 10.20.0.0/17 ! -d 10.20.0.0/16 -j ACCEPT\n");
    const group = expect.stringContaining("aws_security_group.network_nat-security-group") as unknown;
    const lifecycle = { create_before_destroy: true };
    const https = { security_group_id: group, ip_protocol: "tcp", from_port: 443, to_port: 443, lifecycle };
    expect(template.resources("aws_vpc_security_group_ingress_rule")).toEqual({
      "network/nat-ingress-443": { ...https, cidr_ipv4: "10.20.0.0/17", description: "From the private subnets" },
    });
    expect(template.resources("aws_vpc_security_group_egress_rule")).toEqual({
      "network/nat-egress-443": { ...https, cidr_ipv4: "0.0.0.0/0", description: "To the internet" },
    });
  });
});

describe("options", () => {
  const machine = (natInstance: NetworkProps["natInstance"]) => network({ natInstance }).only("aws_launch_template");

  it("creates one in each zone, used by that zone's subnets", () => {
    const template = network({ egress: "nat-instance-per-zone" });
    const interfaceOf = (zone: string) =>
      template.resource("aws_route", `network/private-${zone}-internet`)["network_interface_id"];
    expect(ZONES.map(interfaceOf)).toEqual(
      ZONES.map((zone) => `\${aws_network_interface.${name(template, "aws_network_interface", zone)}.id}`),
    );
    expect([template.count("aws_autoscaling_group"), template.count("aws_security_group")]).toEqual([2, 1]);
    expect(template.resource("aws_autoscaling_group", "network/nat-group-ap-northeast-1c")).toMatchObject({
      availability_zones: ["ap-northeast-1c"],
    });
  });

  it("is in the same zone whatever the order of the zones", () => {
    const interfaces = (availabilityZones: string[]) =>
      Object.keys(network({ availabilityZones }).resources("aws_network_interface"));
    expect(interfaces(ZONES)).toEqual(interfaces([...ZONES].reverse()));
  });

  it.each([
    ["t4g.small", "arm64"],
    ["c7gn.16xlarge", "arm64"],
    ["a1.medium", "arm64"],
    ["t3.nano", "x86_64"],
    ["g4dn.xlarge", "x86_64"],
  ])("starts %s with the image for %s", (instanceType, architecture) => {
    expect(machine({ instanceType })).toMatchObject({
      instance_type: instanceType,
      image_id: `resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`,
    });
  });

  it("configures a custom image only if asked to", () => {
    const imageId = "ami-0123456789abcdef0";
    expect(machine({ imageId })).not.toHaveProperty("user_data");
    expect(machine({ imageId })["image_id"]).toBe(imageId);
    expect(machine({ imageId, setUp: "user-data" })["user_data"]).toBe(machine({})["user_data"]);
    expect(machine({ imageId: "resolve:ssm:/nat/image:3" })["image_id"]).toBe("resolve:ssm:/nat/image:3");
  });

  it("opens only the given ports, in both directions", () => {
    const template = network({ natInstance: { ports: [443, 587] } });
    const ports = (type: string) => Object.values(template.resources(type)).map((rule) => rule["from_port"]);
    expect(ports("aws_vpc_security_group_ingress_rule")).toEqual([443, 587]);
    expect(ports("aws_vpc_security_group_egress_rule")).toEqual([443, 587]);
  });
});

const later = "a value that is known only at apply";
const type = (got: string) =>
  `natInstance.instanceType: expected a literal EC2 type, such as t4g.nano, got ${got}. The image's architecture is derived from it at synth. RDS classes begin with db.; EC2 types do not.`;
const ports = (got: string) =>
  `natInstance.ports: expected literal TCP ports from 1 to 65535, got ${got}. Each port is a security group rule and part of its Terraform address.`;

it.each<[string, object, string]>([
  [
    "a NAT instance with an egress by gateway",
    { egress: "single-nat-gateway", natInstance: {} },
    "natInstance: expected nothing with egress single-nat-gateway, got {}. Set egress to single-nat-instance or nat-instance-per-zone, or remove natInstance.",
  ],
  ["an RDS class", { natInstance: { instanceType: "db.t4g.nano" } }, type('"db.t4g.nano"')],
  ["a type without a size", { natInstance: { instanceType: "t4g" } }, type('"t4g"')],
  [
    "a type known only at apply",
    { natInstance: { instanceType: Token.asString({ resolve: () => "t4g.nano" }) } },
    type(later),
  ],
  [
    "an image by its name",
    { natInstance: { imageId: "al2023" } },
    'natInstance.imageId: expected an image such as ami-0123456789abcdef0 or resolve:ssm:/path/of/a/parameter, got "al2023". Leave it out to use the newest Amazon Linux 2023.',
  ],
  [
    "an unknown set-up",
    { natInstance: { setUp: "ansible" } },
    'natInstance.setUp: expected a literal, one of user-data, image, got "ansible". user-data configures Amazon Linux 2023 at its first boot; image is for an image that already works as a NAT.',
  ],
  [
    "plain Amazon Linux without set-up",
    { natInstance: { setUp: "image" } },
    "natInstance.imageId: expected an image that works as a NAT, with setUp image, got nothing. Name one, such as fck-nat's, or leave setUp out: plain Amazon Linux translates no addresses.",
  ],
  ["invalid ports", { natInstance: { ports: [443, 0, 65_536, 1.5] } }, ports("0, 65536, 1.5")],
  ["ports known only at apply", { natInstance: { ports: Token.asAny("${var.ports}") } }, ports(later)],
  [
    "no port",
    { natInstance: { ports: [] } },
    "natInstance.ports: expected 1 to 50, got 0. Image pulls and AWS's APIs need 443; a security group holds 60 rules.",
  ],
  [
    "a port twice",
    { natInstance: { ports: [443, 443] } },
    "natInstance.ports: expected each port once, got 443. Remove the repeated one.",
  ],
  [
    "a typing mistake",
    { natInstance: { type: "t4g.nano" } },
    "natInstance.type: expected a prop that exists, got an unknown one. Known props: imageId, instanceType, ports, setUp.",
  ],
])("refuses %s", (_, props, message) => {
  expect(refusal((stack) => void new Network(stack, "network", { ...minimal, ...props }))).toEqual([
    `[test/network] ${message}`,
  ]);
});

it("reports only the egress when it is unknown", () => {
  const lines = refusal(
    (stack) => void new Network(stack, "network", { ...minimal, egress: "nat" as never, natInstance: {} }),
  );
  expect(lines.map((line) => line.split(" ")[1])).toEqual(["egress:"]);
});
