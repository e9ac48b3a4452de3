import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { contract } from "../../app/contract";
import { registry } from "../../environments";
import { defineEnvironment } from "../../environments/define-environment";
import { type EnvironmentOf } from "../../environments/schema";
import { enforcePolicies } from "../../policies";
import { ServiceStack } from "../../stacks/service-stack";
import { entranceEnvironment } from "../helpers/entrance-environment";
import { profileEnvironment } from "../helpers/profile-environment";
import { Template, type TerraformJson } from "../helpers/template";

/** Synthesizes production of the smallest profile with changed fields, and enforces the policies without exceptions. */
function synthesizeProduction(choice: Partial<EnvironmentOf<"fargate">>): Template {
  const environment = defineEnvironment({ ...profileEnvironment("small"), ...choice });
  const outdir = mkdtempSync(join(tmpdir(), "choices-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    const stack = new ServiceStack(app, "crm", { contract, environment, registry, backend: "local" });
    const policies = enforcePolicies([{ stack, tier: environment.tier }], { exceptions: [] });
    app.synth();
    expect(policies.warnings).toEqual([]);
    const text = readFileSync(join(outdir, "stacks", "crm", "cdk.tf.json"), "utf8");
    return new Template(JSON.parse(text) as TerraformJson, text);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

const unchanged = synthesizeProduction({});

it("has IPv4 only and a NAT gateway by default", () => {
  expect(unchanged.text).not.toContain("ipv6");
  expect(unchanged.only("aws_lb")["ip_address_type"]).toBe("ipv4");
  expect(synthesizeProduction({ ipv6: false }).text).toBe(unchanged.text);
});

it("adds IPv6 for clients and tasks to every rule of IPv4", () => {
  const template = synthesizeProduction({ ipv6: true });
  expect(template.only("aws_lb")["ip_address_type"]).toBe("dualstack");
  expect(template.only("aws_vpc")["assign_generated_ipv6_cidr_block"]).toBe(true);
  const worlds = (attribute: string, world: string) =>
    ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"].flatMap((type) =>
      Object.values(template.resources(type))
        .filter((rule) => rule[attribute] === world)
        .map((rule) => [type, rule["security_group_id"], rule["from_port"]].join(" "))
        .sort(),
    );
  const open = worlds("cidr_ipv4", "0.0.0.0/0");
  // Ingress to both ports of the load balancer, and egress of the tasks by HTTPS.
  expect(open).toHaveLength(3);
  expect(worlds("cidr_ipv6", "::/0")).toEqual(open);
  expect(template.addresses()).toEqual(expect.arrayContaining(unchanged.addresses()));
});

it("leaves IPv6 to CloudFront where only CloudFront reaches the load balancer", () => {
  const { entrance } = entranceEnvironment("cloudfront");
  const template = synthesizeProduction({ ipv6: true, entrance });
  expect(template.only("aws_lb")["ip_address_type"]).toBe("ipv4");
  expect(template.only("aws_cloudfront_distribution")["is_ipv6_enabled"]).toBe(true);
});

it("creates NAT instances of the given instance type", () => {
  const template = synthesizeProduction({
    egress: "nat-instance-per-zone",
    natInstance: { instanceType: "t4g.small" },
  });
  expect(template.count("aws_nat_gateway")).toBe(0);
  const machines = Object.values(template.resources("aws_launch_template"));
  expect(machines.map((machine) => machine["instance_type"])).toEqual(["t4g.small", "t4g.small", "t4g.small"]);
});

it("creates read replicas, and reports their events like the instance's", () => {
  const { database } = profileEnvironment("small");
  const template = synthesizeProduction({
    database: {
      ...database,
      readReplicaCount: 2,
      readReplicaClass: "db.t4g.micro",
    } as EnvironmentOf<"fargate">["database"],
  });
  const replicas = [1, 2].map((number) => template.resource("aws_db_instance", `database/replica-${number}`));
  expect(replicas.map((replica) => [replica["instance_class"], replica["deletion_protection"]])).toEqual([
    ["db.t4g.micro", true],
    ["db.t4g.micro", true],
  ]);
  expect(template.addresses()).toEqual(expect.arrayContaining(unchanged.addresses()));
  const pattern = template.resource("aws_cloudwatch_event_rule", "monitoring/database-events")["event_pattern"];
  expect(String(pattern).match(/\$\{aws_db_instance\.[\w-]+\.identifier\}/g)).toHaveLength(3);
  const tasks = template.resource("aws_iam_role_policy", "service/task-policy-database")["policy"];
  expect(String(tasks).match(/\.resource_id\}\/messenger_app/g)).toHaveLength(3);
});
