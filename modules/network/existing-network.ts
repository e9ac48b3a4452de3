import { Checks, formatValue } from "../core/checks";
import { formatCidr, networkOf, parseCidr } from "../core/cidr";
import * as kind from "../core/kinds";
import { readProps } from "../core/props";
import { isUnresolved } from "../core/tokens";
import { checkVpc } from "../core/vpc";
import { checkEndpointServices } from "./validation/endpoint-services";
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
   * @default the private subnets
   */
  readonly isolatedSubnetIds?: readonly string[] | undefined;
  /**
   * Whether tasks run in the public subnets with public addresses, for a VPC without NAT and endpoints.
   * @default false
   */
  readonly assignPublicIp?: boolean | undefined;
  /**
   * Short names of the AWS services that have an interface endpoint with private DNS in the VPC, such as `ecr.api`.
   * @default not known
   */
  readonly interfaceEndpoints?: readonly string[] | undefined;
  /**
   * Whether tasks have no way out but `interfaceEndpoints` and a gateway endpoint for S3: a service that needs another is refused.
   * @default not known: nothing is refused
   */
  readonly endpointsOnly?: boolean | undefined;
}

const PROPS: kind.Shape<ExistingNetworkProps> = {
  vpcId: kind.string,
  cidrBlock: kind.string,
  publicSubnetIds: kind.array(kind.string),
  privateSubnetIds: kind.array(kind.string),
  isolatedSubnetIds: kind.array(kind.string),
  assignPublicIp: kind.boolean,
  interfaceEndpoints: kind.arrayOfKnownLength(kind.string),
  endpointsOnly: kind.boolean,
};

/**
 * Describes a VPC that already exists in the form that every construct accepts.
 * @throws ConfigurationError when a tier has fewer than two subnets, or an id is malformed
 */
export function existingNetwork(props: ExistingNetworkProps): NetworkRef {
  const checks = new Checks("existing network");
  const read = readProps(checks, props, PROPS, { assignPublicIp: false });
  checkVpc(checks, read.vpcId, "vpcId");
  checkCidr(checks, read.cidrBlock);
  for (const tier of ["publicSubnetIds", "privateSubnetIds"] as const) checkTier(checks, tier, read[tier]);
  if (read.isolatedSubnetIds) checkTier(checks, "isolatedSubnetIds", read.isolatedSubnetIds);
  checks.literalBoolean("assignPublicIp", read.assignPublicIp);
  checkEndpoints(checks, read);
  checks.throwIfInvalid();
  return {
    ...read,
    isolatedSubnetIds: read.isolatedSubnetIds ?? read.privateSubnetIds,
    taskSubnetIds: read.assignPublicIp ? read.publicSubnetIds : read.privateSubnetIds,
  };
}

function checkEndpoints(checks: Checks, { interfaceEndpoints, endpointsOnly }: ExistingNetworkProps): void {
  checks.literalBoolean("endpointsOnly", endpointsOnly);
  if (endpointsOnly === true)
    checks.required("interfaceEndpoints", interfaceEndpoints, "List them, or leave out endpointsOnly.");
  checkEndpointServices(checks, interfaceEndpoints ?? []);
}

function checkTier(checks: Checks, prop: string, ids: readonly string[]): void {
  const range = { min: 2, max: Number.POSITIVE_INFINITY };
  checks.subnets(prop, ids, range, "Pass one subnet in each of at least two zones.");
}

function checkCidr(checks: Checks, cidrBlock: string): void {
  const prop = "cidrBlock";
  if (!checks.required(prop, cidrBlock, "Take it from the VPC console.") || isUnresolved(cidrBlock)) return;
  const block = typeof cidrBlock === "string" ? parseCidr(cidrBlock) : undefined;
  checks.require(block === undefined || formatCidr(networkOf(block)) === cidrBlock, {
    code: "network/cidr-host-bits",
    prop,
    expected: "a network address with no host bits",
    got: formatValue(cidrBlock),
    remedy: `Use ${block && formatCidr(networkOf(block))}.`,
  });
  checks.require(block !== undefined, {
    code: "network/cidr-block",
    prop,
    expected: "an IPv4 CIDR, such as 10.0.0.0/16",
    got: formatValue(cidrBlock),
    remedy: "Take it from the VPC console.",
  });
}
