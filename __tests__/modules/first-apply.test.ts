import { AlbWebsocket } from "../../modules/alb-websocket";
import { FargateService } from "../../modules/fargate-service";
import { Network } from "../../modules/network";
import { EGRESS_KINDS } from "../../modules/network/egress";
import { synthesize } from "../helpers/synth";
import { type Template } from "../helpers/template";

const ZONES = ["ap-northeast-1a", "ap-northeast-1c"];
const REFERENCE = /\b(aws_[a-z0-9_]+\.[A-Za-z0-9_-]+)/g;

/** Returns the addresses of everything that a resource waits for at apply, and that waits for it at destroy. */
function closure(template: Template, start: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (address: string) => {
    const [type = "", name = ""] = address.split(".");
    const block = template.json.resource?.[type]?.[name];
    for (const [, referred] of JSON.stringify(block ?? {}).matchAll(REFERENCE)) {
      if (found.has(referred!) || referred === address) continue;
      found.add(referred!);
      visit(referred!);
    }
  };
  visit(start);
  return found;
}

function made(egress: (typeof EGRESS_KINDS)[number], ipv6 = false): Template {
  return synthesize((stack) => {
    const network = new Network(stack, "network", {
      name: "crm",
      availabilityZones: ZONES,
      cidrBlock: "10.0.0.0/16",
      egress,
      ipv6,
    });
    const alb = new AlbWebsocket(stack, "alb", { name: "crm", network, allowInsecureHttp: true });
    new FargateService(stack, "service", {
      name: "crm",
      network,
      image: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm:1.0.0",
      containerPort: 3000,
      drainSec: 20,
      desiredCount: 1,
      loadBalancer: alb.addService("app", { containerPort: 3000, keepAliveTimeoutSec: 75 }),
    });
  });
}

const addresses = (template: Template, pattern: RegExp) =>
  template.addresses().filter((address) => pattern.test(address));
const missing = (template: Template, start: string, needed: readonly string[]) => {
  const waitsFor = closure(template, addresses(template, new RegExp(`^${start}\\.`))[0]!);
  return needed.filter((address) => !waitsFor.has(address));
};

const PUBLIC = /^aws_(internet_gateway\.|route\.network_public-internet|route_table_association\.network_public)/;
const GATEWAY = /^aws_(internet_gateway\.|route\.network_public-internet)/;
const PRIVATE = /^aws_(route\.network_private|route_table_association\.network_private)/;
const ENDPOINTS = /^aws_(vpc_endpoint\.|vpc_security_group_ingress_rule\.network_endpoint)/;
const NAT =
  /^aws_(nat_gateway\.|eip\.|autoscaling_group\.|vpc_security_group_(in|e)gress_rule\.network_nat|egress_only)/;

describe.each(EGRESS_KINDS)("in a new network with the egress %s", (egress) => {
  it.each([false, true])("a service waits for the whole way out, and is destroyed before it (IPv6: %s)", (ipv6) => {
    const template = made(egress, ipv6);
    const needed = {
      "public-ip": [PUBLIC, ENDPOINTS],
      "vpc-endpoints": [ENDPOINTS, /^aws_route_table_association\.network_private/],
    }[egress as string] ?? [PUBLIC, PRIVATE, NAT, ENDPOINTS];
    for (const pattern of needed) {
      const resources = addresses(template, pattern);
      expect(resources).not.toEqual([]);
      expect(missing(template, "aws_ecs_service", resources)).toEqual([]);
    }
  });

  it("a public load balancer waits for the internet gateway and its routes", () => {
    const template = made(egress);
    expect(missing(template, "aws_lb", addresses(template, GATEWAY))).toEqual([]);
  });
});
