import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { type CompleteEcsServiceProps } from "./defaults";

export interface Security {
  readonly group: SecurityGroup;
  /** Every rule: a task that starts before they exist cannot pull its image. */
  readonly rules: readonly ITerraformDependable[];
}

/** Creates the tasks' security group and its rules, on both sides of each connection: one side alone allows nothing. */
export function createSecurity(scope: Construct, props: CompleteEcsServiceProps): Security {
  const { name, network, loadBalancer, connections, egressCidrs } = props;
  const group = new SecurityGroup(scope, "security-group", {
    name: physicalName([name, "tasks"], { maxLength: 255 }),
    description: `Tasks of ${name}`,
    vpcId: network.vpcId,
    tags: { Name: `${name}-tasks` },
  });
  const rules = egressCidrs.map((cidr) => httpsTo(scope, group, cidr));
  if (loadBalancer) {
    const { loadBalancerSecurityGroupId, containerPort } = loadBalancer;
    rules.push(
      ...rulesOnBothSides(scope, "load-balancer", {
        from: loadBalancerSecurityGroupId,
        to: group.id,
        port: containerPort,
        description: `Load balancer to the tasks of ${name}`,
      }),
    );
  }
  for (const [id, { securityGroupId, port }] of Object.entries(connections)) {
    const description = `Tasks of ${name} to ${id}`;
    rules.push(
      ...rulesOnBothSides(scope, `connection-${id}`, { from: group.id, to: securityGroupId, port, description }),
    );
  }
  return { group, rules };
}

function httpsTo(scope: Construct, group: SecurityGroup, cidr: string): ITerraformDependable {
  return new VpcSecurityGroupEgressRule(scope, `egress-https-${cidr.replace(/[^0-9a-f]/g, "-")}`, {
    securityGroupId: group.id,
    description: "HTTPS: AWS APIs, image pull",
    ...(cidr.includes(":") ? { cidrIpv6: cidr } : { cidrIpv4: cidr }),
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
  });
}

interface AllowedTraffic {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly description: string;
}

function rulesOnBothSides(
  scope: Construct,
  id: string,
  { from, to, port, description }: AllowedTraffic,
): ITerraformDependable[] {
  const traffic = { description, ipProtocol: "tcp", fromPort: port, toPort: port };
  return [
    new VpcSecurityGroupEgressRule(scope, `${id}-egress`, {
      securityGroupId: from,
      referencedSecurityGroupId: to,
      ...traffic,
    }),
    new VpcSecurityGroupIngressRule(scope, `${id}-ingress`, {
      securityGroupId: to,
      referencedSecurityGroupId: from,
      ...traffic,
    }),
  ];
}
