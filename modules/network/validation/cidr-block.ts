import { type Checks, formatValue } from "../../core/checks";
import { formatCidr, isPrivate, networkOf, parseCidr } from "../../core/cidr";
import { isUnresolved } from "../../core/tokens";
import { explainSmallestVpc, LARGEST_VPC_PREFIX, SMALLEST_VPC_PREFIX } from "../subnet-plan";

/** Requires a literal network address from /16 to /22, and warns of public address space. */
export function checkCidrBlock(checks: Checks, cidrBlock: string): void {
  const prop = "cidrBlock";
  const block = isUnresolved(cidrBlock) || typeof cidrBlock !== "string" ? undefined : parseCidr(cidrBlock);
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
  if (!isPrivate(block)) {
    checks.warn(
      `cidrBlock ${cidrBlock} is public address space: tasks could not reach the hosts that own it. Use a private block (RFC 1918), such as 10.0.0.0/16.`,
    );
  }
}
