import { Eip } from "@cdktf/provider-aws/lib/eip";
import { type InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { type RouteConfig } from "@cdktf/provider-aws/lib/route";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";

/** What a route points at. */
export type RouteTarget = Pick<RouteConfig, "natGatewayId" | "networkInterfaceId" | "dependsOn">;

/** What address translation of either kind is built from. */
export interface NatParts {
  /** Stem of physical names. */
  readonly name: string;
  /** Zones that get one. */
  readonly zones: readonly string[];
  /** Id of the public subnet of a zone. */
  readonly publicSubnetId: (zone: string) => string;
  readonly internetGateway: InternetGateway;
  /** The public subnets' way out. */
  readonly publicRoute: ITerraformDependable;
}

/** A NAT gateway with an address of its own in each of the zones. */
export function createNatGateways(scope: Construct, parts: NatParts): ReadonlyMap<string, RouteTarget> {
  const { name, zones, publicSubnetId, internetGateway } = parts;
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
