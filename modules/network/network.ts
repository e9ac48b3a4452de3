import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { parseCidr } from "../core/cidr";
import { type LogRetentionDays } from "../core/log-retention";
import { physicalName } from "../core/names";
import { Checks } from "../core/checks";
import * as kind from "../core/kinds";
import { type Complete, readProps } from "../core/props";
import { networkDefaults } from "./defaults";
import { type Egress, ISOLATED_EGRESS_SERVICES } from "./egress";
import { addFlowLogs } from "./flow-logs";
import { type NetworkRef } from "./network-ref";
import { regionOf, subnetCidr, type Tier, TIERS } from "./subnet-plan";
import { validateNetwork } from "./validation";

export interface NetworkProps {
  /** Stem of all physical names in here, for example `messenger-crm-prod`. */
  readonly name: string;
  /** Zones to spread over: 2 to 6 of one region, for example `["ap-northeast-1a", "ap-northeast-1c"]`. Adding one moves no subnet. */
  readonly availabilityZones: readonly string[];
  /**
   * IPv4 block of the VPC, /16 to /22. Changing it replaces everything.
   * @default "10.0.0.0/16"
   */
  readonly cidrBlock?: string;
  /**
   * How tasks reach what is outside the VPC. One NAT gateway is about $49 a month in Tokyo with its address, and its zone is a single point of
   * failure for outgoing traffic; `vpc-endpoints` has no way out at all but to the services of `interfaceEndpoints`.
   * @default "single-nat-gateway"
   */
  readonly egress?: Egress;
  /**
   * AWS services to reach without leaving the VPC, by short name (`ecr.api`); about $10 a month for each in each zone in Tokyo.
   * @default what a Fargate task needs (ecr.api, ecr.dkr, logs, secretsmanager) with egress `vpc-endpoints`, else none
   */
  readonly interfaceEndpoints?: readonly string[];
  /**
   * Whether to log every connection of the VPC to CloudWatch Logs; billed by volume.
   * @default true
   */
  readonly flowLogs?: boolean;
  /**
   * Days to keep the flow logs.
   * @default 30
   */
  readonly flowLogRetentionDays?: LogRetentionDays;
  /**
   * Customer managed key for the flow logs; its policy must let CloudWatch Logs use it.
   * @default encryption with a key that AWS owns
   */
  readonly kmsKeyArn?: string;
}

export type CompleteNetworkProps = Complete<NetworkProps, typeof networkDefaults>;

const PROPS: kind.Shape<NetworkProps> = {
  name: kind.text,
  availabilityZones: kind.list(kind.text),
  cidrBlock: kind.text,
  egress: kind.text,
  interfaceEndpoints: kind.list(kind.text),
  flowLogs: kind.flag,
  flowLogRetentionDays: kind.number,
  kmsKeyArn: kind.text,
};

/** A VPC with public, private (tasks) and isolated (data) subnets in each zone. */
export class Network extends Construct implements NetworkRef {
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly publicSubnetIds: readonly string[];
  readonly privateSubnetIds: readonly string[];
  readonly isolatedSubnetIds: readonly string[];
  readonly taskSubnetIds: readonly string[];
  readonly assignPublicIp: boolean;
  readonly vpc: Vpc;

  private readonly props: CompleteNetworkProps;

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readProps(checks, props, PROPS, networkDefaults);
    validateNetwork(checks, this.props);

    this.vpc = this.createVpc();
    const subnets = Object.fromEntries(TIERS.map((tier) => [tier, this.createSubnets(tier)])) as Record<
      Tier,
      ZoneSubnets
    >;
    const gateway = new InternetGateway(this, "internet-gateway", {
      vpcId: this.vpc.id,
      tags: this.nameTag("internet-gateway"),
    });
    const routeTables = this.createRouteTables(subnets);
    new Route(this, "public-internet", {
      routeTableId: routeTables.public.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: gateway.id,
    });
    this.createNatGateways(subnets.public, routeTables.private, gateway);
    this.createS3Endpoint([routeTables.public, ...routeTables.private.values(), routeTables.isolated]);
    this.createInterfaceEndpoints(subnets.private);
    if (this.props.flowLogs) addFlowLogs(this, this.vpc, this.props);

    this.vpcId = this.vpc.id;
    this.cidrBlock = this.props.cidrBlock;
    this.publicSubnetIds = ids(subnets.public);
    this.privateSubnetIds = ids(subnets.private);
    this.isolatedSubnetIds = ids(subnets.isolated);
    this.assignPublicIp = this.props.egress === "public-ip";
    this.taskSubnetIds = this.assignPublicIp ? this.publicSubnetIds : this.privateSubnetIds;
  }

  private createVpc(): Vpc {
    const vpc = new Vpc(this, "vpc", {
      cidrBlock: this.props.cidrBlock,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: this.nameTag("vpc"),
    });
    // No rule at all: whatever is started without a security group of its own reaches nothing and is reached by nothing.
    new DefaultSecurityGroup(this, "default-security-group", {
      vpcId: vpc.id,
      ingress: [],
      egress: [],
      tags: this.nameTag("default-locked"),
    });
    return vpc;
  }

  private createSubnets(tier: Tier): ZoneSubnets {
    const block = parseCidr(this.props.cidrBlock)!;
    return new Map(
      this.props.availabilityZones.map((zone) => [
        zone,
        new Subnet(this, `${tier}-${zone}`, {
          vpcId: this.vpc.id,
          availabilityZone: zone,
          cidrBlock: subnetCidr(block, tier, zone),
          mapPublicIpOnLaunch: false,
          tags: this.nameTag(`${tier}-${zone}`),
        }),
      ]),
    );
  }

  /** Private subnets have a table each, so that each zone can have its own NAT gateway and a change of egress moves no table. */
  private createRouteTables(subnets: Record<Tier, ZoneSubnets>): RouteTables {
    const table = (id: string) =>
      new RouteTable(this, `${id}-route-table`, { vpcId: this.vpc.id, tags: this.nameTag(id) });
    const associate = (tier: Tier, zone: string, routeTable: RouteTable) =>
      new RouteTableAssociation(this, `${tier}-${zone}-routes`, {
        subnetId: subnets[tier].get(zone)!.id,
        routeTableId: routeTable.id,
      });
    const tables = {
      public: table("public"),
      isolated: table("isolated"),
      private: new Map(this.props.availabilityZones.map((zone) => [zone, table(`private-${zone}`)])),
    };
    for (const zone of this.props.availabilityZones) {
      associate("public", zone, tables.public);
      associate("isolated", zone, tables.isolated);
      associate("private", zone, tables.private.get(zone)!);
    }
    return tables;
  }

  private createNatGateways(
    publicSubnets: ZoneSubnets,
    routeTables: ReadonlyMap<string, RouteTable>,
    gateway: InternetGateway,
  ): void {
    const zones = this.natZones();
    const natGateways = new Map(
      zones.map((zone) => {
        const address = new Eip(this, `nat-address-${zone}`, { domain: "vpc", tags: this.nameTag(`nat-${zone}`) });
        const nat = new NatGateway(this, `nat-gateway-${zone}`, {
          allocationId: address.id,
          subnetId: publicSubnets.get(zone)!.id,
          tags: this.nameTag(`nat-${zone}`),
          dependsOn: [gateway],
        });
        return [zone, nat];
      }),
    );
    if (zones.length === 0) return;
    for (const [zone, routeTable] of routeTables) {
      new Route(this, `private-${zone}-internet`, {
        routeTableId: routeTable.id,
        destinationCidrBlock: "0.0.0.0/0",
        natGatewayId: (natGateways.get(zone) ?? natGateways.get(zones[0]!)!).id,
      });
    }
  }

  private natZones(): readonly string[] {
    const { egress, availabilityZones } = this.props;
    if (egress === "nat-gateway-per-zone") return availabilityZones;
    // The first by name, not by position: reordering the zones moves no NAT gateway.
    return egress === "single-nat-gateway" ? [...availabilityZones].sort().slice(0, 1) : [];
  }

  /** Free, and image layers come from S3: through NAT they would be billed by the gigabyte. */
  private createS3Endpoint(routeTables: readonly RouteTable[]): void {
    new VpcEndpoint(this, "s3-endpoint", {
      vpcId: this.vpc.id,
      serviceName: `com.amazonaws.${this.region()}.s3`,
      vpcEndpointType: "Gateway",
      routeTableIds: routeTables.map((table) => table.id),
      tags: this.nameTag("s3"),
    });
  }

  private createInterfaceEndpoints(subnets: ZoneSubnets): void {
    const services =
      this.props.interfaceEndpoints ?? (this.props.egress === "vpc-endpoints" ? ISOLATED_EGRESS_SERVICES : []);
    if (services.length === 0) return;
    const group = new SecurityGroup(this, "endpoint-security-group", {
      name: physicalName([this.props.name, "endpoints"], { maxLength: 255 }),
      description: "HTTPS from inside the VPC to the interface endpoints",
      vpcId: this.vpc.id,
      tags: this.nameTag("endpoints"),
    });
    new VpcSecurityGroupIngressRule(this, "endpoint-ingress", {
      securityGroupId: group.id,
      description: "HTTPS from the VPC",
      cidrIpv4: this.props.cidrBlock,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
    for (const service of services) {
      new VpcEndpoint(this, `${service.replaceAll(".", "-")}-endpoint`, {
        vpcId: this.vpc.id,
        serviceName: `com.amazonaws.${this.region()}.${service}`,
        vpcEndpointType: "Interface",
        subnetIds: ids(subnets),
        securityGroupIds: [group.id],
        privateDnsEnabled: true,
        tags: this.nameTag(service),
      });
    }
  }

  private region(): string {
    return regionOf(this.props.availabilityZones[0]!);
  }

  private nameTag(suffix: string): { Name: string } {
    return { Name: `${this.props.name}-${suffix}` };
  }
}

type ZoneSubnets = ReadonlyMap<string, Subnet>;

interface RouteTables {
  readonly public: RouteTable;
  readonly isolated: RouteTable;
  readonly private: ReadonlyMap<string, RouteTable>;
}

function ids(subnets: ZoneSubnets): string[] {
  return [...subnets.values()].map((subnet) => subnet.id);
}
