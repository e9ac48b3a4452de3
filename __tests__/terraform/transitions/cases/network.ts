import { type Construct } from "constructs";
import { AlbWebsocket, type Egress, Network, type NetworkProps } from "../../../../modules";
import { type Case, changes, type Surroundings } from "../../../helpers/transitions/transitions";

const ZONES = ["ap-northeast-1a", "ap-northeast-1c"];

const network =
  (props: Partial<NetworkProps>) =>
  (scope: Construct, { name }: Surroundings) =>
    new Network(scope, "network", { name, availabilityZones: ZONES, flowLogs: false, ...props });

const egress = (...kinds: readonly Egress[]) => kinds.map((kind) => [kind, network({ egress: kind })] as const);

/** A load balancer in each zone of a network, which has to leave a zone before its subnet goes. */
const withLoadBalancer =
  (props: Partial<NetworkProps>) =>
  (scope: Construct, surroundings: Surroundings): void => {
    const made = network({ egress: "public-ip", ...props })(scope, surroundings);
    new AlbWebsocket(scope, "alb", {
      name: surroundings.name,
      network: made,
      allowInsecureHttp: true,
      deletionProtection: false,
    });
  };

const [FIRST, SECOND] = ZONES;

export const networkCases: readonly Case[] = [
  changes(
    "Network",
    "availabilityZones",
    ["three, with a load balancer", withLoadBalancer({ availabilityZones: [...ZONES, "ap-northeast-1d"] })],
    ["two", withLoadBalancer({ availabilityZones: ZONES })],
    ["two in another order", withLoadBalancer({ availabilityZones: [SECOND!, FIRST!] })],
  ),
  changes("Network", "egress", ...egress("nat-gateway-per-zone", "single-nat-gateway", "nat-instance-per-zone")),
  {
    ...changes("Network", "egress", ...egress("nat-instance-per-zone", "single-nat-gateway", "public-ip")),
    name: "network-egress-back",
  },
];
