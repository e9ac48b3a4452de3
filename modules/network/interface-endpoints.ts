import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";

export interface EndpointPlacement {
  /** Stem of the names. */
  readonly name: string;
  readonly vpcId: string;
  /** Block from which HTTPS is allowed. */
  readonly cidrBlock: string;
  readonly region: string;
  readonly subnetIds: string[];
}

/** The interface endpoints of a VPC. Their security group exists once there is one. */
export class InterfaceEndpoints {
  private readonly endpoints = new Map<string, VpcEndpoint>();
  private security: EndpointSecurity | undefined;

  constructor(
    private readonly scope: Construct,
    private readonly placement: EndpointPlacement,
  ) {}

  /** Short names of the services that have an endpoint, such as `ecr.api`. */
  get services(): readonly string[] {
    return [...this.endpoints.keys()];
  }

  /** Adds the endpoint of a service unless it exists, and returns what has to exist before it answers. */
  add(service: string): readonly ITerraformDependable[] {
    this.security ??= this.createSecurity();
    const endpoint = this.endpoints.get(service) ?? this.createEndpoint(service, this.security.groupId);
    this.endpoints.set(service, endpoint);
    return [this.security.rule, endpoint];
  }

  private createSecurity(): EndpointSecurity {
    const { name, vpcId, cidrBlock } = this.placement;
    const group = new SecurityGroup(this.scope, "endpoint-security-group", {
      name: physicalName([name, "endpoints"], { maxLength: 255 }),
      description: "HTTPS from inside the VPC to the interface endpoints",
      vpcId,
      tags: { Name: `${name}-endpoints` },
    });
    const rule = new VpcSecurityGroupIngressRule(this.scope, "endpoint-ingress", {
      securityGroupId: group.id,
      description: "HTTPS from the VPC",
      cidrIpv4: cidrBlock,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      // Tasks that run use the endpoints until their service has replaced them.
      lifecycle: { createBeforeDestroy: true },
    });
    return { groupId: group.id, rule };
  }

  private createEndpoint(service: string, groupId: string): VpcEndpoint {
    const { name, vpcId, region, subnetIds } = this.placement;
    return new VpcEndpoint(this.scope, `${service.replaceAll(".", "-")}-endpoint`, {
      vpcId,
      serviceName: `com.amazonaws.${region}.${service}`,
      vpcEndpointType: "Interface",
      subnetIds,
      securityGroupIds: [groupId],
      privateDnsEnabled: true,
      tags: { Name: `${name}-${service}` },
    });
  }
}

interface EndpointSecurity {
  readonly groupId: string;
  readonly rule: VpcSecurityGroupIngressRule;
}
