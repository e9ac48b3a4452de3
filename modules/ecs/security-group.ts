import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { allowEgress, allowIngress } from "../core/security-group-rules";
import { type CompleteTaskProps } from "./defaults";

export interface Security {
  readonly group: SecurityGroup;
  /** Every rule: a task that starts before they exist cannot pull its image. */
  readonly rules: readonly ITerraformDependable[];
}

export type SecurityProps = Pick<
  CompleteTaskProps,
  "name" | "network" | "loadBalancer" | "connections" | "egressCidrs" | "egressPrefixListIds"
>;

/**
 * Creates the security group of what runs the application and its rules, on both sides of each connection: one side alone allows nothing.
 * @param noun what runs it, for names and descriptions
 */
export function createSecurity(
  scope: Construct,
  props: SecurityProps,
  noun: "tasks" | "instances" = "tasks",
): Security {
  const { name, network, loadBalancer, connections, egressCidrs, egressPrefixListIds } = props;
  const title = noun === "tasks" ? "Tasks" : "Instances";
  const group = new SecurityGroup(scope, "security-group", {
    name: physicalName([name, noun], { maxLength: 255 }),
    description: `${title} of ${name}`,
    vpcId: network.vpcId,
    tags: { Name: `${name}-${noun}` },
  });
  const rules = [
    ...egressCidrs.map((cidr) => httpsToBlock(scope, group, cidr)),
    ...Object.entries(egressPrefixListIds).map(([key, id]) => httpsToPrefixList(scope, group, { key, id })),
  ];
  if (loadBalancer) {
    const { loadBalancerSecurityGroupId, containerPort } = loadBalancer;
    rules.push(
      ...rulesOnBothSides(scope, "load-balancer", {
        from: loadBalancerSecurityGroupId,
        to: group.id,
        port: containerPort,
        description: `Load balancer to the tasks of ${name}`,
        prop: "loadBalancer",
      }),
    );
  }
  for (const [id, { securityGroupId, port }] of Object.entries(connections)) {
    const description = `${title} of ${name} to ${id}`;
    const traffic = { from: group.id, to: securityGroupId, port, description, prop: `connections.${id}` };
    rules.push(...rulesOnBothSides(scope, `connection-${id}`, traffic));
  }
  return { group, rules };
}

const HTTPS = { description: "HTTPS: AWS APIs, image pull", ports: { from: 443, to: 443 } };

function httpsToPrefixList(
  scope: Construct,
  group: SecurityGroup,
  { key, id }: { readonly key: string; readonly id: string },
): ITerraformDependable {
  const rule = { ...HTTPS, securityGroupId: group.id, prefixListId: id };
  return allowEgress(scope, `egress-https-list-${key}`, rule, { scope, prop: `egressPrefixListIds.${key}` });
}

function httpsToBlock(scope: Construct, group: SecurityGroup, cidr: string): ITerraformDependable {
  const rule = {
    ...HTTPS,
    securityGroupId: group.id,
    ...(cidr.includes(":") ? { cidrIpv6: cidr } : { cidrIpv4: cidr }),
  };
  return allowEgress(scope, `egress-https-${cidr.replace(/[^0-9a-f]/g, "-")}`, rule, { scope, prop: "egressCidrs" });
}

interface AllowedTraffic {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly description: string;
  /** The prop that asks for it, for error messages. */
  readonly prop: string;
}

function rulesOnBothSides(
  scope: Construct,
  id: string,
  { from, to, port, description, prop }: AllowedTraffic,
): ITerraformDependable[] {
  const traffic = { description, ports: { from: port, to: port } };
  const out = { ...traffic, securityGroupId: from, referencedSecurityGroupId: to };
  const into = { ...traffic, securityGroupId: to, referencedSecurityGroupId: from };
  return [
    allowEgress(scope, `${id}-egress`, out, { scope, prop }),
    allowIngress(scope, `${id}-ingress`, into, { scope, prop }),
  ];
}
