import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Fn, Token } from "cdktf";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { imageOf } from "./nat-instance-image";
import { type CompleteNatInstance } from "./defaults";
import { type NatParts, type RouteTarget } from "./nat-gateways";
import { type NatAddresses, natUserData } from "./nat-user-data";

/** Size of the root volume that Amazon Linux 2023 is published with. */
const ROOT_VOLUME_GIB = 8;

export interface NatInstanceParts extends NatParts {
  readonly vpcId: string;
  readonly addresses: NatAddresses;
  readonly instance: CompleteNatInstance;
}

/**
 * A NAT instance in each of the zones. Routes and the public address belong to a network interface that stays; the machine
 * behind it is of an Auto Scaling group of one, which starts every new one on that interface. So a machine needs no permission at
 * all, and neither a route nor an address changes when it is replaced.
 */
export function createNatInstances(scope: Construct, parts: NatInstanceParts): ReadonlyMap<string, RouteTarget> {
  const securityGroupId = createSecurityGroup(scope, parts);
  return new Map(
    parts.zones.map((zone) => {
      const tags = { Name: `${parts.name}-nat-${zone}` };
      const face = new NetworkInterface(scope, `nat-interface-${zone}`, {
        description: `NAT instance of ${zone}`,
        subnetId: parts.publicSubnetId(zone),
        securityGroups: [securityGroupId],
        // It forwards what is neither from it nor for it.
        sourceDestCheck: false,
        tags,
      });
      const address = new Eip(scope, `nat-instance-address-${zone}`, {
        domain: "vpc",
        networkInterface: face.id,
        tags,
        dependsOn: [parts.internetGateway],
      });
      const group = createGroup(scope, zone, parts, createTemplate(scope, zone, parts, face), address);
      // A zone that moves from a gateway to its instance does so once there is a machine to move to.
      return [zone, { networkInterfaceId: face.id, dependsOn: [group] }];
    }),
  );
}

function createTemplate(
  scope: Construct,
  zone: string,
  { name, instance, addresses }: NatInstanceParts,
  face: NetworkInterface,
): LaunchTemplate {
  const { imageId, setUp } = imageOf(instance);
  const tags = { Name: `${name}-nat-${zone}` };
  return new LaunchTemplate(scope, `nat-template-${zone}`, {
    name: physicalName([name, "nat", zone], { maxLength: 128 }),
    imageId,
    instanceType: instance.instanceType,
    networkInterfaces: [{ deviceIndex: 0, networkInterfaceId: face.id, deleteOnTermination: "false" }],
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [
      {
        deviceName: "/dev/xvda",
        ebs: { encrypted: "true", volumeType: "gp3", volumeSize: ROOT_VOLUME_GIB, deleteOnTermination: "true" },
      },
    ],
    userData: setUp === "user-data" ? Buffer.from(natUserData(addresses)).toString("base64") : undefined,
    // A group's machines do not get the provider's default tags.
    tagSpecifications: [
      { resourceType: "instance", tags },
      { resourceType: "volume", tags },
    ],
    tags,
  });
}

function createGroup(
  scope: Construct,
  zone: string,
  { name, publicRoute }: NatInstanceParts,
  template: LaunchTemplate,
  address: Eip,
): AutoscalingGroup {
  return new AutoscalingGroup(scope, `nat-group-${zone}`, {
    name: physicalName([name, "nat", zone], { maxLength: 255 }),
    minSize: 1,
    maxSize: 1,
    // The interface brings its subnet: a group that has one names the zone alone.
    availabilityZones: [zone],
    launchTemplate: { id: template.id, version: Token.asString(Fn.tostring(template.latestVersion)) },
    healthCheckType: "EC2",
    // Two machines cannot share the interface: the old one ends before the new one starts.
    instanceMaintenancePolicy: { minHealthyPercentage: 0, maxHealthyPercentage: 100 },
    instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 0, maxHealthyPercentage: 100 } },
    // The first boot fetches a package, so the way out has to be there.
    dependsOn: [address, publicRoute],
  });
}

/** Lets the private subnets through on the ports that are asked for, and nobody else in. */
function createSecurityGroup(scope: Construct, { name, vpcId, addresses, instance }: NatInstanceParts): string {
  const group = new SecurityGroup(scope, "nat-security-group", {
    name: physicalName([name, "nat"], { maxLength: 255 }),
    description: "NAT instances: from the private subnets to the internet, named ports only",
    vpcId,
    tags: { Name: `${name}-nat` },
  });
  for (const port of instance.ports) {
    const traffic = { securityGroupId: group.id, ipProtocol: "tcp", fromPort: port, toPort: port };
    new VpcSecurityGroupIngressRule(scope, `nat-ingress-${port}`, {
      ...traffic,
      description: "From the private subnets",
      cidrIpv4: addresses.clients,
    });
    new VpcSecurityGroupEgressRule(scope, `nat-egress-${port}`, {
      ...traffic,
      description: "To the internet",
      cidrIpv4: "0.0.0.0/0",
    });
  }
  return group.id;
}
