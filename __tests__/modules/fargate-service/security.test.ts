import { behindLoadBalancer, loadBalancer, reference, service } from "./fixture";

const EGRESS = "aws_vpc_security_group_egress_rule";
const INGRESS = "aws_vpc_security_group_ingress_rule";
const DATABASE = "sg-0fedcba987654321f";

describe("by default", () => {
  const template = service();

  it("allows no ingress, and egress for HTTPS only", () => {
    expect(template.count(INGRESS)).toBe(0);
    expect(template.resources(EGRESS)).toEqual({
      "service/egress-https-0-0-0-0-0": {
        security_group_id: reference(template, "aws_security_group", "service/security-group", "id"),
        description: "HTTPS: AWS APIs, image pull",
        cidr_ipv4: "0.0.0.0/0",
        ip_protocol: "tcp",
        from_port: 443,
        to_port: 443,
        lifecycle: { create_before_destroy: true },
      },
    });
    expect(template.only("aws_security_group")).toEqual({
      name: "crm-dev-tasks",
      description: "Tasks of crm-dev",
      vpc_id: "vpc-0123456789abcdef0",
      tags: { Name: "crm-dev-tasks" },
    });
  });
});

it("allows egress to the given blocks, of both address families", () => {
  const rules = service({ egressCidrs: ["10.0.0.0/16", "::/0"] }).resources(EGRESS);
  expect(Object.entries(rules).map(([path, rule]) => [path, rule["cidr_ipv4"], rule["cidr_ipv6"]])).toEqual([
    ["service/egress-https----0", undefined, "::/0"],
    ["service/egress-https-10-0-0-0-16", "10.0.0.0/16", undefined],
  ]);
  expect(service({ egressCidrs: [] }).count(EGRESS)).toBe(0);
});

describe("each connection is allowed at both ends", () => {
  const template = service({
    ...behindLoadBalancer,
    connections: { database: { securityGroupId: DATABASE, port: 5432 } },
  });
  const tasks = reference(template, "aws_security_group", "service/security-group", "id");
  const ends = (path: string, type: string) => {
    const { security_group_id, referenced_security_group_id, ip_protocol, from_port, to_port } = template.resource(
      type,
      path,
    );
    return [security_group_id, referenced_security_group_id, ip_protocol, from_port, to_port];
  };

  it("from the load balancer", () => {
    const group = loadBalancer.loadBalancerSecurityGroupId;
    expect(ends("service/load-balancer-egress", EGRESS)).toEqual([group, tasks, "tcp", 3000, 3000]);
    expect(ends("service/load-balancer-ingress", INGRESS)).toEqual([tasks, group, "tcp", 3000, 3000]);
  });

  it("to a connection", () => {
    expect(ends("service/connection-database-egress", EGRESS)).toEqual([tasks, DATABASE, "tcp", 5432, 5432]);
    expect(ends("service/connection-database-ingress", INGRESS)).toEqual([DATABASE, tasks, "tcp", 5432, 5432]);
  });

  it("and no other", () => {
    expect([template.count(EGRESS), template.count(INGRESS)]).toEqual([3, 2]);
    expect(template.count("aws_security_group_rule")).toBe(0);
  });

  it("before the first task starts", () => {
    const dependsOn = template.only("aws_ecs_service")["depends_on"] as string[];
    expect(dependsOn.filter((address) => address.includes("security_group"))).toHaveLength(5);
  });
});
