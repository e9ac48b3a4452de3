import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { EgressOnlyInternetGateway } from "@cdktf/provider-aws/lib/egress-only-internet-gateway";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { formatCidr, parseCidr } from "../core/cidr";
import { Checks } from "../core/checks";
import { readProps, withDefaults } from "../core/props";
import { type CompleteNetworkProps, natInstanceDefaults, networkDefaults } from "./defaults";
import { ISOLATED_EGRESS_SERVICES, natPlan } from "./egress";
import { addFlowLogs } from "./flow-logs";
import { InterfaceEndpoints } from "./interface-endpoints";
import { createNatGateways } from "./nat-gateways";
import { createNatInstances } from "./nat-instances";
import { type NetworkProps, PROPS } from "./props";
import { type NetworkRef } from "./network-ref";
import { ipv6SubnetNumber, privateBlock, regionOf, subnetCidr, type Tier, TIERS } from "./subnet-plan";
import { validateNetwork } from "./validation/network";

/** From the /56 of a VPC to the /64 of a subnet, the only length that AWS accepts. */
const IPV6_SUBNET_BITS = 8;

/** Creates a VPC with public, private (tasks) and isolated (data) subnets in each zone. */
export class Network extends Construct implements NetworkRef {
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly publicSubnetIds: readonly string[];
  readonly privateSubnetIds: readonly string[];
  readonly isolatedSubnetIds: readonly string[];
  readonly taskSubnetIds: readonly string[];
  readonly assignPublicIp: boolean;
  /** Whether tasks reach only AWS services with an endpoint: with the egress `vpc-endpoints`. */
  readonly endpointsOnly: boolean;
  /** Id of the prefix list with S3's addresses, for security group rules. */
  readonly s3PrefixListId: string;
  /**
   * Adds the interface endpoint of an AWS service unless it exists, and returns what has to exist before it answers. Services call it for
   * what their tasks use. `undefined` with another egress, or where `interfaceEndpoints` lists what there is.
   */
  readonly addInterfaceEndpoint: ((service: string) => readonly ITerraformDependable[]) | undefined;
  /** IPv6 block of the VPC, known at apply; only with `ipv6`. */
  readonly ipv6CidrBlock: string | undefined;
  readonly publicDependencies: readonly ITerraformDependable[];
  readonly taskDependencies: readonly ITerraformDependable[];
  readonly vpc: Vpc;

  private readonly props: CompleteNetworkProps;
  private readonly endpoints: InterfaceEndpoints;

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readProps(checks, props, PROPS, networkDefaults);
    validateNetwork(checks, this.props);

    this.vpc = this.createVpc();
    const subnets = this.createTiers();
    const gateway = new InternetGateway(this, "internet-gateway", {
      vpcId: this.vpc.id,
      tags: this.nameTag("internet-gateway"),
    });
    const { tables: routeTables, associations } = this.createRouteTables(subnets);
    const publicRoute = new Route(this, "public-internet", {
      routeTableId: routeTables.public.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: gateway.id,
    });
    const privateRoutes = this.createNat(subnets.public, routeTables.private, gateway, publicRoute);
    const ipv6 = this.props.ipv6 ? this.createIpv6Routes(routeTables, gateway) : { public: [], private: [] };
    const s3 = this.createS3Endpoint([routeTables.public, ...routeTables.private.values(), routeTables.isolated]);
    this.endpoints = this.createInterfaceEndpoints(subnets.private);
    if (this.props.flowLogs) addFlowLogs(this, this.vpc, this.props);

    this.vpcId = this.vpc.id;
    this.cidrBlock = this.props.cidrBlock;
    this.publicSubnetIds = ids(subnets.public);
    this.privateSubnetIds = ids(subnets.private);
    this.isolatedSubnetIds = ids(subnets.isolated);
    this.assignPublicIp = this.props.egress === "public-ip";
    this.taskSubnetIds = this.assignPublicIp ? this.publicSubnetIds : this.privateSubnetIds;
    // Without the associations: a load balancer is created before the old one is destroyed, and they would follow that order.
    this.publicDependencies = [publicRoute, ...ipv6.public];
    const privateAccess = [...associations.private, ...privateRoutes, ...ipv6.private];
    // The way out of a private subnet leads through the public ones.
    const needsPublic = this.assignPublicIp || privateRoutes.length > 0;
    this.taskDependencies = [
      ...(needsPublic ? [...this.publicDependencies, ...associations.public] : []),
      ...(this.assignPublicIp ? [] : privateAccess),
      s3,
      ...new Set(this.interfaceEndpoints.flatMap((service) => this.endpoints.add(service))),
    ];
    this.s3PrefixListId = s3.prefixListId;
    this.endpointsOnly = this.props.egress === "vpc-endpoints";
    const followUse = this.endpointsOnly && this.props.interfaceEndpoints === undefined;
    this.addInterfaceEndpoint = followUse ? (service) => this.endpoints.add(service) : undefined;
    this.ipv6CidrBlock = this.props.ipv6 ? this.vpc.ipv6CidrBlock : undefined;
  }

  /** Short names of the AWS services with an interface endpoint. */
  get interfaceEndpoints(): readonly string[] {
    return this.endpoints.services;
  }

  private createVpc(): Vpc {
    const vpc = new Vpc(this, "vpc", {
      cidrBlock: this.props.cidrBlock,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      ...(this.props.ipv6 ? { assignGeneratedIpv6CidrBlock: true } : {}),
      tags: this.nameTag("vpc"),
    });
    // No rules: what is started without its own security group has no network access in either direction.
    new DefaultSecurityGroup(this, "default-security-group", {
      vpcId: vpc.id,
      ingress: [],
      egress: [],
      tags: this.nameTag("default-locked"),
    });
    return vpc;
  }

  private createTiers(): Record<Tier, ZoneSubnets> {
    return Object.fromEntries(TIERS.map((tier) => [tier, this.createSubnets(tier)])) as Record<Tier, ZoneSubnets>;
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
          ...this.ipv6Addresses(tier, zone),
          tags: this.nameTag(`${tier}-${zone}`),
          // Load balancers, endpoints and services still use the subnet until they have been updated.
          lifecycle: { createBeforeDestroy: true },
        }),
      ]),
    );
  }

  /** Gives each private subnet its own route table, so that each zone can have its own NAT and a change of egress moves no table. */
  private createRouteTables(subnets: Record<Tier, ZoneSubnets>): {
    readonly tables: RouteTables;
    readonly associations: Readonly<Record<Tier, readonly RouteTableAssociation[]>>;
  } {
    const table = (id: string) =>
      new RouteTable(this, `${id}-route-table`, {
        vpcId: this.vpc.id,
        tags: this.nameTag(id),
        // The S3 endpoint still has its route in the table until it has been updated.
        lifecycle: { createBeforeDestroy: true },
      });
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
    const { availabilityZones: zones } = this.props;
    const associations = {
      public: zones.map((zone) => associate("public", zone, tables.public)),
      isolated: zones.map((zone) => associate("isolated", zone, tables.isolated)),
      private: zones.map((zone) => associate("private", zone, tables.private.get(zone)!)),
    };
    return { tables, associations };
  }

  private ipv6Addresses(tier: Tier, zone: string) {
    if (!this.props.ipv6) return {};
    return {
      ipv6CidrBlock: Fn.cidrsubnet(this.vpc.ipv6CidrBlock, IPV6_SUBNET_BITS, ipv6SubnetNumber(tier, zone)),
      // Tasks reach databases and caches over IPv4, so isolated subnets need no addresses.
      assignIpv6AddressOnCreation: tier !== "isolated",
    };
  }

  /** Creates NAT and the private subnets' IPv4 routes, unless the egress has no NAT. Returns the routes. */
  private createNat(
    publicSubnets: ZoneSubnets,
    routeTables: ReadonlyMap<string, RouteTable>,
    internetGateway: InternetGateway,
    publicRoute: Route,
  ): Route[] {
    const { name, cidrBlock, availabilityZones, egress, natInstance } = this.props;
    const { nat, zones } = natPlan(egress, availabilityZones);
    if (nat === "none") return [];
    const publicSubnet = (zone: string) => publicSubnets.get(zone)!;
    const placement = { name, zones, publicSubnet, internetGateway, publicRoute };
    const targets =
      nat === "gateway"
        ? createNatGateways(this, placement)
        : createNatInstances(this, {
            ...placement,
            vpcId: this.vpc.id,
            addresses: { vpc: cidrBlock, clients: formatCidr(privateBlock(parseCidr(cidrBlock)!)) },
            instance: withDefaults(natInstanceDefaults, natInstance ?? {}),
          });
    return [...routeTables].map(
      ([zone, routeTable]) =>
        new Route(this, `private-${zone}-internet`, {
          routeTableId: routeTable.id,
          destinationCidrBlock: "0.0.0.0/0",
          ...(targets.get(zone) ?? targets.get(zones[0]!)!),
        }),
    );
  }

  /** Gives IPv6 the same routes as IPv4: from the public subnets, and from the private ones where the egress has a NAT. */
  private createIpv6Routes(routeTables: RouteTables, gateway: InternetGateway): Ipv6Routes {
    const publicRoute = new Route(this, "public-internet-ipv6", {
      routeTableId: routeTables.public.id,
      destinationIpv6CidrBlock: "::/0",
      gatewayId: gateway.id,
    });
    if (natPlan(this.props.egress, this.props.availabilityZones).nat === "none") {
      return { public: [publicRoute], private: [] };
    }
    const egressOnlyGateway = new EgressOnlyInternetGateway(this, "egress-only-gateway", {
      vpcId: this.vpc.id,
      tags: this.nameTag("egress-only-gateway"),
    });
    const privateRoutes = [...routeTables.private].map(
      ([zone, routeTable]) =>
        new Route(this, `private-${zone}-internet-ipv6`, {
          routeTableId: routeTable.id,
          destinationIpv6CidrBlock: "::/0",
          egressOnlyGatewayId: egressOnlyGateway.id,
        }),
    );
    return { public: [publicRoute], private: privateRoutes };
  }

  /** Image layers come from S3: the gateway endpoint is free, whereas NAT is billed by the gigabyte. */
  private createS3Endpoint(routeTables: readonly RouteTable[]): VpcEndpoint {
    return new VpcEndpoint(this, "s3-endpoint", {
      vpcId: this.vpc.id,
      serviceName: `com.amazonaws.${this.region()}.s3`,
      vpcEndpointType: "Gateway",
      routeTableIds: routeTables.map((table) => table.id),
      tags: this.nameTag("s3"),
    });
  }

  private createInterfaceEndpoints(subnets: ZoneSubnets): InterfaceEndpoints {
    const { name, cidrBlock, egress, interfaceEndpoints } = this.props;
    const placement = { name, vpcId: this.vpc.id, cidrBlock, region: this.region(), subnetIds: ids(subnets) };
    const endpoints = new InterfaceEndpoints(this, placement);
    const services = interfaceEndpoints ?? (egress === "vpc-endpoints" ? ISOLATED_EGRESS_SERVICES : []);
    for (const service of services) endpoints.add(service);
    return endpoints;
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

interface Ipv6Routes {
  readonly public: readonly Route[];
  readonly private: readonly Route[];
}

function ids(subnets: ZoneSubnets): string[] {
  return [...subnets.values()].map((subnet) => subnet.id);
}
