import { type Checks, formatValue } from "../../core/checks";
import { INSTANCE_SIZES, INSTANCE_TYPE } from "../../core/ec2-instance-types";
import { describeUnknownSize } from "../../core/instance-sizes";
import { isUnresolved, literal } from "../../core/tokens";
import { EGRESS_KINDS, natPlan } from "../egress";
import { IMAGE_ID } from "../nat-instance-image";
import { type NatInstance } from "../nat-instance-props";
import { type CompleteNetworkProps } from "../defaults";

/** Checks the NAT instance's settings, and that the egress uses them. */
export function checkNatInstance(checks: Checks, { egress, natInstance }: CompleteNetworkProps): void {
  if (natInstance === undefined) return;
  // An unknown egress is reported on its own.
  const used = !EGRESS_KINDS.includes(egress) || natPlan(egress, []).nat === "instance";
  checks.require(used, {
    code: "network/nat-instance-unused",
    prop: "natInstance",
    expected: `nothing with egress ${egress}`,
    got: formatValue(natInstance),
    remedy: "Set egress to single-nat-instance or nat-instance-per-zone, or remove natInstance.",
  });
  checkImageAndType(checks, natInstance);
  checkPorts(checks, natInstance.ports);
}

function checkImageAndType(checks: Checks, { instanceType, imageId, setUp }: NatInstance): void {
  // A number comes here too: the error about its type gives way to these, which say what is meant.
  const type = String(literal(instanceType) ?? "");
  checks.require(instanceType === undefined || INSTANCE_TYPE.test(type), {
    code: "network/nat-instance-type",
    prop: "natInstance.instanceType",
    expected: "a literal EC2 type, such as t4g.nano",
    got: formatValue(instanceType),
    remedy: "The image's architecture is derived from it at synth. RDS classes begin with db.; EC2 types do not.",
  });
  const [family = "", size = ""] = type.split(".");
  const unknown = INSTANCE_TYPE.test(`${family}.${size}`)
    ? describeUnknownSize(INSTANCE_SIZES, family, size)
    : undefined;
  checks.require(unknown === undefined, {
    code: "network/nat-instance-type",
    prop: "natInstance.instanceType",
    expected: "an EC2 type that exists",
    got: formatValue(instanceType),
    remedy: String(unknown).replace(/; a type that is newer.*/, "."),
  });
  checks.matches(
    "natInstance.imageId",
    imageId,
    IMAGE_ID,
    "an image such as ami-0123456789abcdef0 or resolve:ssm:/path/of/a/parameter",
    "Leave it out to use the newest Amazon Linux 2023.",
  );
  checks.require(setUp !== "image" || imageId !== undefined, {
    code: "network/nat-image-missing",
    prop: "natInstance.imageId",
    expected: "an image that works as a NAT, with setUp image",
    got: formatValue(imageId),
    remedy: "Name one, such as fck-nat's, or leave setUp out: plain Amazon Linux translates no addresses.",
  });
}

function checkPorts(checks: Checks, ports: readonly number[] | undefined): void {
  const prop = "natInstance.ports";
  if (ports === undefined) return;
  const malformed = ports.filter((port) => isUnresolved(port) || !Number.isInteger(port) || port < 1 || port > 65_535);
  checks.require(malformed.length === 0 && !isUnresolved(ports), {
    code: "network/nat-port",
    prop,
    expected: "literal TCP ports from 1 to 65535",
    got: isUnresolved(ports) ? formatValue(ports) : malformed.map(formatValue).join(", "),
    remedy: "Each port is a security group rule and part of its Terraform address.",
  });
  checks.count(
    prop,
    ports,
    { min: 1, max: 50 },
    "Image pulls and AWS's APIs need 443; a security group holds 60 rules.",
  );
  checks.distinct(prop, ports, "port", "Remove the repeated one.");
}
