import { Eip } from "@cdktf/provider-aws/lib/eip";
import { type InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { type RouteConfig } from "@cdktf/provider-aws/lib/route";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";

/** The target of a route. */
export type RouteTarget = Pick<RouteConfig, "natGatewayId" | "networkInterfaceId" | "dependsOn">;

/** What a NAT gateway and a NAT instance are created from. */
export interface NatPlacement {
  /** Stem of physical names. */
  readonly name: string;
  /** Zones that get a NAT. */
  readonly zones: readonly string[];
  /** Returns the id of a zone's public subnet. */
  readonly publicSubnetId: (zone: string) => string;
  readonly internetGateway: InternetGateway;
  /** The route from the public subnets to the internet. */
  readonly publicRoute: ITerraformDependable;
}

/** Creates a NAT gateway with its own public address in each of the zones. */
export function createNatGateways(scope: Construct, placement: NatPlacement): ReadonlyMap<string, RouteTarget> {
  const { name, zones, publicSubnetId, internetGateway } = placement;
  return new Map(
    zones.map((zone) => {
      const tags = { Name: `${name}-nat-${zone}` };
      const address = new Eip(scope, `nat-address-${zone}`, { domain: "vpc", tags });
      const nat = new NatGateway(scope, `nat-gateway-${zone}`, {
        allocationId: address.id,
        subnetId: publicSubnetId(zone),
        tags,
        dependsOn: [internetGateway],
      });
      return [zone, { natGatewayId: nat.id }];
    }),
  );
}
