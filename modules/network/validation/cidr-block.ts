import { type Checks, formatValue } from "../../core/checks";
import { formatCidr, isPrivate, networkOf, overlap, parseCidr } from "../../core/cidr";
import { explainSmallestVpc, LARGEST_VPC_PREFIX, SMALLEST_VPC_PREFIX } from "../subnet-plan";

/** Blocks that EC2 refuses for a VPC. Source: VPC user guide, "VPC CIDR blocks". */
const RESERVED = [
  { cidr: "0.0.0.0/8", what: "this network" },
  { cidr: "127.0.0.0/8", what: "loopback" },
  { cidr: "169.254.0.0/16", what: "link-local" },
  { cidr: "224.0.0.0/4", what: "multicast" },
];
/** Source: VPC user guide, "VPC CIDR blocks". */
const DOCKER_BRIDGE = "172.17.0.0/16";

/** Requires a literal network address from /16 to /22, outside the blocks that EC2 reserves, and warns of public address space. */
export function checkCidrBlock(checks: Checks, cidrBlock: string): void {
  const prop = "cidrBlock";
  const block = typeof cidrBlock === "string" ? parseCidr(cidrBlock) : undefined;
  if (!block) {
    checks.add({
      code: "network/cidr-block",
      prop,
      expected: "a literal IPv4 CIDR, for example 10.0.0.0/16",
      got: formatValue(cidrBlock),
      remedy: "Subnets are computed from it at synth, so it cannot come from another resource.",
    });
    return;
  }
  const network = formatCidr(networkOf(block));
  checks.require(network === cidrBlock, {
    code: "network/cidr-host-bits",
    prop,
    expected: "a network address with no host bits",
    got: formatValue(cidrBlock),
    remedy: `Use ${network}.`,
  });
  checks.require(block.prefix >= LARGEST_VPC_PREFIX && block.prefix <= SMALLEST_VPC_PREFIX, {
    code: "network/cidr-size",
    prop,
    expected: `a prefix length from /${LARGEST_VPC_PREFIX} to /${SMALLEST_VPC_PREFIX}`,
    got: formatValue(cidrBlock),
    remedy:
      block.prefix > SMALLEST_VPC_PREFIX ? `${explainSmallestVpc(cidrBlock)}.` : "AWS allows no VPC larger than /16.",
  });
  const reserved = RESERVED.find(({ cidr }) => overlap(parseCidr(cidr)!, block));
  checks.require(reserved === undefined, {
    code: "network/reserved-cidr-block",
    prop,
    expected: "addresses that EC2 allows in a VPC",
    got: `${formatValue(cidrBlock)}, in ${reserved?.cidr} (${reserved?.what})`,
    remedy: "Use a private block (RFC 1918), such as 10.0.0.0/16.",
  });
  if (overlap(parseCidr(DOCKER_BRIDGE)!, block)) {
    checks.warn(
      `cidrBlock ${cidrBlock} overlaps ${DOCKER_BRIDGE}, the default network of Docker: hosts that run it, Cloud9 and SageMaker among them, cannot reach those addresses. Use another private block, such as 10.0.0.0/16.`,
    );
  }
  if (reserved === undefined && !isPrivate(block)) {
    checks.warn(
      `cidrBlock ${cidrBlock} is public address space: tasks could not reach the hosts that own it. Use a private block (RFC 1918), such as 10.0.0.0/16.`,
    );
  }
}
