import { type Construct } from "constructs";
import { type Egress, EncryptionKey, Network, type NetworkProps } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep } from "../helpers/transitions/sweep";
import { type Build, type Case, changes, type Surroundings } from "../helpers/transitions/transitions";

const network =
  (props: Partial<NetworkProps>): Build =>
  (scope: Construct, { name }: Surroundings) =>
    new Network(scope, "network", {
      name,
      availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"],
      egress: "public-ip",
      flowLogs: false,
      ...props,
    });

/**
 * Six walks through all kinds of egress in which each pair of kinds follows each other exactly once, in either direction.
 * Source: Williams, "Experimental designs balanced for the estimation of residual effects of treatments" (1949).
 */
const KINDS: readonly Egress[] = [
  "single-nat-gateway",
  "nat-gateway-per-zone",
  "public-ip",
  "vpc-endpoints",
  "single-nat-instance",
  "nat-instance-per-zone",
];
const ZIGZAG = [0, 1, 5, 2, 4, 3];

const egressCases: readonly Case[] = KINDS.map((first, start) => ({
  ...changes(
    "Network",
    "egress",
    ...ZIGZAG.map((offset) => KINDS[(start + offset) % KINDS.length]!).map(
      (egress) => [egress, network({ egress })] as const,
    ),
  ),
  name: `egress-from-${first}`,
}));

const withKey =
  (id: string): Build =>
  (scope, surroundings) => {
    const name = `${surroundings.name}-${id}`;
    const key = new EncryptionKey(scope, id, { name, accountId: "123456789012", region: "ap-northeast-1" });
    network({ flowLogs: true, kmsKeyArn: key.keyArn })(scope, surroundings);
  };

itChanges([
  ...egressCases,
  ...sweep<NetworkProps>("Network", network, {
    interfaceEndpoints: [["logs"], ["logs", "ssm"]],
    flowLogs: [true],
  }),
  changes("Network", "ipv6", ["false", network({})], ["true", network({ ipv6: true })]),
  changes(
    "Network",
    "flowLogRetentionDays",
    ["the default", network({ flowLogs: true })],
    ["90", network({ flowLogs: true, flowLogRetentionDays: 90 })],
    ["the default", network({ flowLogs: true })],
  ),
  changes(
    "Network",
    "kmsKeyArn",
    ["none", network({ flowLogs: true })],
    ["an EncryptionKey", withKey("key")],
    ["another one, the first destroyed", withKey("other")],
    ["none, the EncryptionKey destroyed", network({ flowLogs: true })],
  ),
]);
