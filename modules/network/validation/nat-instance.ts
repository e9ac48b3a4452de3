import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved, literal } from "../../core/tokens";
import { EGRESS_KINDS, natPlan } from "../egress";
import { IMAGE_ID, INSTANCE_TYPE } from "../nat-instance-image";
import { type NatInstance } from "../nat-instance-props";
import { type CompleteNetworkProps } from "../defaults";

export function checkNatInstance(checks: Checks, { egress, natInstance }: CompleteNetworkProps): void {
  if (natInstance === undefined) return;
  // An egress that does not exist has a refusal of its own.
  const used = !EGRESS_KINDS.includes(egress) || natPlan(egress, []).nat === "instance";
  checks.require(used, {
    prop: "natInstance",
    expected: `nothing with egress ${egress}`,
    got: formatValue(natInstance),
    remedy: "Set egress to single-nat-instance or nat-instance-per-zone, or leave it out.",
  });
  checkMachine(checks, natInstance);
  checkPorts(checks, natInstance.ports);
}

function checkMachine(checks: Checks, { instanceType, imageId, setUp }: NatInstance): void {
  checks.require(instanceType === undefined || INSTANCE_TYPE.test(literal(instanceType) ?? ""), {
    prop: "natInstance.instanceType",
    expected: "a literal EC2 type, such as t4g.nano",
    got: formatValue(instanceType),
    remedy: "The image's architecture follows from it at synth; RDS classes begin with db., EC2 types do not.",
  });
  checks.matches(
    "natInstance.imageId",
    imageId,
    IMAGE_ID,
    "an image such as ami-0123456789abcdef0 or resolve:ssm:/path/of/a/parameter",
    "Leave it out for the newest Amazon Linux 2023.",
  );
  const remedy = "user-data sets Amazon Linux 2023 up; image leaves an image alone that is a NAT already.";
  checks.literalOneOf("natInstance.setUp", setUp, ["user-data", "image"], remedy);
  checks.require(setUp !== "image" || imageId !== undefined, {
    prop: "natInstance.imageId",
    expected: "an image that is a NAT, with setUp image",
    got: formatValue(imageId),
    remedy: "Name one, such as fck-nat's, or leave setUp out: Amazon Linux alone translates nothing.",
  });
}

function checkPorts(checks: Checks, ports: readonly number[] | undefined): void {
  const prop = "natInstance.ports";
  if (ports === undefined) return;
  const odd = ports.filter((port) => isUnresolved(port) || !Number.isInteger(port) || port < 1 || port > 65_535);
  checks.require(odd.length === 0 && !isUnresolved(ports), {
    prop,
    expected: "literal TCP ports from 1 to 65535",
    got: isUnresolved(ports) ? formatValue(ports) : odd.map(formatValue).join(", "),
    remedy: "Each is a rule of the security group, and part of its address.",
  });
  checks.count(prop, ports, { min: 1, max: 50 }, "443 is what images and AWS's APIs take; a group holds 60 rules.");
  checks.distinct(prop, ports, "port", "Remove the repeated one.");
}
