import { Eip } from "@cdktf/provider-aws/lib/eip";
import { type InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { type RouteConfig } from "@cdktf/provider-aws/lib/route";
import { type Subnet } from "@cdktf/provider-aws/lib/subnet";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { whenChanged } from "../core/replacement";

/** The target of a route. */
export type RouteTarget = Pick<RouteConfig, "natGatewayId" | "networkInterfaceId" | "dependsOn">;

/** What a NAT gateway and a NAT instance are created from. */
export interface NatPlacement {
  /** Stem of physical names. */
  readonly name: string;
  /** Zones that get a NAT. */
  readonly zones: readonly string[];
  /** Returns a zone's public subnet. */
  readonly publicSubnet: (zone: string) => Subnet;
  readonly internetGateway: InternetGateway;
  /** The route from the public subnets to the internet. */
  readonly publicRoute: ITerraformDependable;
}

/** Creates a NAT gateway with its own public address in each of the zones. */
export function createNatGateways(scope: Construct, placement: NatPlacement): ReadonlyMap<string, RouteTarget> {
  const { name, zones, publicSubnet, internetGateway } = placement;
  return new Map(
    zones.map((zone) => {
      const tags = { Name: `${name}-nat-${zone}` };
      const subnet = publicSubnet(zone);
      const address = new Eip(scope, `nat-address-${zone}`, {
        domain: "vpc",
        tags,
        // A new gateway cannot take an address that the old one still has.
        lifecycle: { createBeforeDestroy: true, replaceTriggeredBy: [whenChanged(subnet, "id")] },
      });
      const nat = new NatGateway(scope, `nat-gateway-${zone}`, {
        allocationId: address.id,
        subnetId: subnet.id,
        tags,
        // Routes lead to the gateway until they have been updated.
        lifecycle: { createBeforeDestroy: true },
        dependsOn: [internetGateway],
      });
      return [zone, { natGatewayId: nat.id }];
    }),
  );
}
