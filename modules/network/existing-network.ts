import { ConfigurationError, type Problem } from "../core/configuration-error";
import { show } from "../core/checks";
import { isUnresolved } from "../core/tokens";
import { type NetworkRef } from "./network-ref";

export interface ExistingNetworkProps {
  /** Id of the VPC, `vpc-…`. */
  readonly vpcId: string;
  /** IPv4 block of the VPC. */
  readonly cidrBlock: string;
  /** Subnets of at least two zones with a route to an internet gateway, for load balancers. */
  readonly publicSubnetIds: readonly string[];
  /** Subnets of at least two zones for tasks. */
  readonly privateSubnetIds: readonly string[];
  /**
   * Subnets of at least two zones for databases and caches.
   * @default the private ones
   */
  readonly isolatedSubnetIds?: readonly string[];
  /**
   * Whether tasks run in the public subnets with addresses of their own, for a VPC with no NAT and no endpoints.
   * @default false
   */
  readonly assignPublicIp?: boolean;
}

/**
 * A network that somebody else made, in the shape that every construct takes.
 * @throws ConfigurationError when a tier has fewer than two subnets, or an id is none
 */
export function existingNetwork(props: ExistingNetworkProps): NetworkRef {
  const isolatedSubnetIds = props.isolatedSubnetIds ?? props.privateSubnetIds;
  const problems = [
    ...idProblem("vpcId", props.vpcId, /^vpc-[0-9a-f]{8,17}$/, "vpc-0123456789abcdef0"),
    ...tierProblems("publicSubnetIds", props.publicSubnetIds),
    ...tierProblems("privateSubnetIds", props.privateSubnetIds),
    ...(props.isolatedSubnetIds ? tierProblems("isolatedSubnetIds", props.isolatedSubnetIds) : []),
  ];
  if (problems.length > 0) throw new ConfigurationError("existing network", problems);
  const assignPublicIp = props.assignPublicIp ?? false;
  return {
    vpcId: props.vpcId,
    cidrBlock: props.cidrBlock,
    publicSubnetIds: [...props.publicSubnetIds],
    privateSubnetIds: [...props.privateSubnetIds],
    isolatedSubnetIds: [...isolatedSubnetIds],
    taskSubnetIds: assignPublicIp ? [...props.publicSubnetIds] : [...props.privateSubnetIds],
    assignPublicIp,
  };
}

function tierProblems(prop: string, ids: readonly string[] | undefined): Problem[] {
  // A list that is known only at apply has an unknown length.
  if (isUnresolved(ids)) return [];
  if (!Array.isArray(ids) || ids.length < 2) {
    const got = Array.isArray(ids) ? `${ids.length}` : show(ids);
    return [
      { prop, expected: "at least 2 subnets, in different zones", got, remedy: "Pass one subnet for each zone." },
    ];
  }
  return ids.flatMap((id: string) => idProblem(prop, id, /^subnet-[0-9a-f]{8,17}$/, "subnet-0123456789abcdef0"));
}

function idProblem(prop: string, id: string, pattern: RegExp, example: string): Problem[] {
  if (isUnresolved(id) || (typeof id === "string" && pattern.test(id))) return [];
  return [
    {
      prop,
      expected: `an id such as ${example}`,
      got: show(id),
      remedy: "Take it from the VPC console or from the stack that made it.",
    },
  ];
}
