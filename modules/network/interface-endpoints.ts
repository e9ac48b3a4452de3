import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";

export interface InterfaceEndpoints {
  /** Stem of the names. */
  readonly name: string;
  readonly vpcId: string;
  /** Block from which HTTPS is allowed. */
  readonly cidrBlock: string;
  readonly region: string;
  readonly subnetIds: string[];
  /** Short names of AWS services, such as `ecr.api`. */
  readonly services: readonly string[];
}

/** Creates an interface endpoint for each service, and returns them with the rule that lets traffic in. */
export function createInterfaceEndpoints(
  scope: Construct,
  { name, vpcId, cidrBlock, region, subnetIds, services }: InterfaceEndpoints,
): ITerraformDependable[] {
  if (services.length === 0) return [];
  const group = new SecurityGroup(scope, "endpoint-security-group", {
    name: physicalName([name, "endpoints"], { maxLength: 255 }),
    description: "HTTPS from inside the VPC to the interface endpoints",
    vpcId,
    tags: { Name: `${name}-endpoints` },
  });
  const rule = new VpcSecurityGroupIngressRule(scope, "endpoint-ingress", {
    securityGroupId: group.id,
    description: "HTTPS from the VPC",
    cidrIpv4: cidrBlock,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    // Tasks that run use the endpoints until their service has replaced them.
    lifecycle: { createBeforeDestroy: true },
  });
  const endpoints = services.map(
    (service) =>
      new VpcEndpoint(scope, `${service.replaceAll(".", "-")}-endpoint`, {
        vpcId,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        subnetIds,
        securityGroupIds: [group.id],
        privateDnsEnabled: true,
        tags: { Name: `${name}-${service}` },
      }),
  );
  return [rule, ...endpoints];
}
