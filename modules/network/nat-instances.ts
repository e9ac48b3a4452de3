import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Fn, type ITerraformDependable, Token } from "cdktf";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { natImage } from "./nat-instance-image";
import { type CompleteNatInstance } from "./defaults";
import { type NatPlacement, type RouteTarget } from "./nat-gateways";
import { type NatAddresses, natUserData } from "./nat-user-data";

/** Size of the root volume that Amazon Linux 2023 is published with. */
const ROOT_VOLUME_GIB = 8;

/**
 * How long a new instance needs at most until it forwards packets, in seconds: an estimate for the smallest type, which first installs a
 * package or starts from an image that works already. The group calls it in service only then.
 */
const SET_UP_SEC = { "user-data": 180, image: 60 } as const;

export interface NatInstancePlacement extends NatPlacement {
  readonly vpcId: string;
  readonly addresses: NatAddresses;
  readonly instance: CompleteNatInstance;
}

/**
 * Creates a NAT instance in each of the zones. Routes and the public address belong to a permanent network interface; an Auto Scaling
 * group of one starts each new instance on that interface. So an instance needs no IAM permission, and neither a route nor the
 * address changes when it is replaced.
 */
export function createNatInstances(
  scope: Construct,
  placement: NatInstancePlacement,
): ReadonlyMap<string, RouteTarget> {
  const security = createSecurityGroup(scope, placement);
  return new Map(
    placement.zones.map((zone) => {
      const tags = { Name: `${placement.name}-nat-${zone}` };
      const networkInterface = new NetworkInterface(scope, `nat-interface-${zone}`, {
        description: `NAT instance of ${zone}`,
        subnetId: placement.publicSubnet(zone).id,
        securityGroups: [security.groupId],
        // It forwards packets of other hosts, which the check would drop.
        sourceDestCheck: false,
        tags,
        // Routes lead to the interface until they have been updated.
        lifecycle: { createBeforeDestroy: true },
      });
      const address = new Eip(scope, `nat-instance-address-${zone}`, {
        domain: "vpc",
        networkInterface: networkInterface.id,
        tags,
        lifecycle: { createBeforeDestroy: true },
        dependsOn: [placement.internetGateway],
      });
      const template = createTemplate(scope, zone, placement, networkInterface);
      const group = createGroup(scope, zone, placement, { template, address, rules: security.rules });
      // A zone that moves from a gateway to an instance switches its route only when the instance is there.
      return [zone, { networkInterfaceId: networkInterface.id, dependsOn: [group, ...security.rules] }];
    }),
  );
}

function createTemplate(
  scope: Construct,
  zone: string,
  { name, instance, addresses }: NatInstancePlacement,
  networkInterface: NetworkInterface,
): LaunchTemplate {
  const { imageId, setUp } = natImage(instance);
  const tags = { Name: `${name}-nat-${zone}` };
  return new LaunchTemplate(scope, `nat-template-${zone}`, {
    name: physicalName([name, "nat", zone], { maxLength: 128 }),
    imageId,
    instanceType: instance.instanceType,
    networkInterfaces: [{ deviceIndex: 0, networkInterfaceId: networkInterface.id, deleteOnTermination: "false" }],
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [
      {
        deviceName: "/dev/xvda",
        ebs: { encrypted: "true", volumeType: "gp3", volumeSize: ROOT_VOLUME_GIB, deleteOnTermination: "true" },
      },
    ],
    userData: setUp === "user-data" ? Buffer.from(natUserData(addresses)).toString("base64") : undefined,
    // The provider's default tags do not reach the instances of a group.
    tagSpecifications: [
      { resourceType: "instance", tags },
      { resourceType: "volume", tags },
    ],
    tags,
  });
}

interface GroupParts {
  readonly template: LaunchTemplate;
  readonly address: Eip;
  readonly rules: readonly ITerraformDependable[];
}

function createGroup(
  scope: Construct,
  zone: string,
  { name, publicRoute, instance }: NatInstancePlacement,
  { template, address, rules }: GroupParts,
): AutoscalingGroup {
  return new AutoscalingGroup(scope, `nat-group-${zone}`, {
    name: physicalName([name, "nat", zone], { maxLength: 255 }),
    minSize: 1,
    maxSize: 1,
    // The network interface already determines the subnet, so the group names only the zone.
    availabilityZones: [zone],
    launchTemplate: { id: template.id, version: Token.asString(Fn.tostring(template.latestVersion)) },
    healthCheckType: "EC2",
    // Terraform waits until the instance is in service, and only then creates the routes and starts tasks. The hook needs no permissions.
    initialLifecycleHook: [
      {
        name: "set-up",
        lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
        heartbeatTimeout: SET_UP_SEC[natImage(instance).setUp],
        defaultResult: "CONTINUE",
      },
    ],
    // Two instances cannot share the interface: the old one is terminated before the new one starts.
    instanceMaintenancePolicy: { minHealthyPercentage: 0, maxHealthyPercentage: 100 },
    instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 0, maxHealthyPercentage: 100 } },
    // Routes lead to the instance until they have been updated. Another hook would replace the group: the new one has the same name, and its
    // instance needs the interface of the old one. Only the first apply waits for the hook, so the first one stays.
    lifecycle: { createBeforeDestroy: true, ignoreChanges: ["initial_lifecycle_hook"] },
    // The first boot downloads a package, so the internet must be reachable. The subnet's association is not here, because it would take
    // over createBeforeDestroy; the download is tried again until it exists.
    dependsOn: [address, publicRoute, ...rules],
  });
}

interface Security {
  readonly groupId: string;
  readonly rules: readonly ITerraformDependable[];
}

/** Allows traffic from the private subnets on the given ports, and nothing else. */
function createSecurityGroup(scope: Construct, { name, vpcId, addresses, instance }: NatInstancePlacement): Security {
  const group = new SecurityGroup(scope, "nat-security-group", {
    name: physicalName([name, "nat"], { maxLength: 255 }),
    description: "NAT instances: from the private subnets to the internet, named ports only",
    vpcId,
    tags: { Name: `${name}-nat` },
  });
  const rules = instance.ports.flatMap((port) => {
    const rule = {
      securityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      // Traffic passes the instance until the routes have been updated.
      lifecycle: { createBeforeDestroy: true },
    };
    return [
      new VpcSecurityGroupIngressRule(scope, `nat-ingress-${port}`, {
        ...rule,
        description: "From the private subnets",
        cidrIpv4: addresses.clients,
      }),
      new VpcSecurityGroupEgressRule(scope, `nat-egress-${port}`, {
        ...rule,
        description: "To the internet",
        cidrIpv4: "0.0.0.0/0",
      }),
    ];
  });
  return { groupId: group.id, rules };
}
