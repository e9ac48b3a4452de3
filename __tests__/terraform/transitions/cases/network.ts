import { type Construct } from "constructs";
import { AlbWebsocket, type Egress, Network, type NetworkProps } from "../../../../modules";
import { type Case, type Surroundings } from "../../../helpers/transitions/transitions";

const ZONES = ["ap-northeast-1a", "ap-northeast-1c"];

const network =
  (props: Partial<NetworkProps>) =>
  (scope: Construct, { name }: Surroundings) =>
    new Network(scope, "network", { name, availabilityZones: ZONES, flowLogs: false, ...props });

const egress = (...kinds: readonly Egress[]) => kinds.map((kind) => network({ egress: kind }));

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

export const networkCases: readonly Case[] = [
  {
    name: "network-one-zone-less",
    steps: [
      withLoadBalancer({ availabilityZones: [...ZONES, "ap-northeast-1d"] }),
      withLoadBalancer({ availabilityZones: ZONES }),
    ],
  },
  { name: "network-egress-nat", steps: egress("nat-gateway-per-zone", "single-nat-gateway", "nat-instance-per-zone") },
  { name: "network-egress-instance", steps: egress("nat-instance-per-zone", "single-nat-gateway", "public-ip") },
];
