import { type Checks, formatValue } from "../../core/checks";
import { INSTANCE_SIZES, INSTANCE_TYPE, isArm } from "../../core/ec2-instance-types";
import { describeUnknownSize } from "../../core/instance-sizes";
import { RESOURCE_ID } from "../../core/resource-id";
import { isUnresolved } from "../../core/tokens";
import { checkList } from "../../ecs/validation/shape";
import { type CompleteEc2ServiceProps } from "../defaults";
import { checkLiteralInteger } from "./literal-integer";

/** Checks what the group launches. */
export function checkInstances(checks: Checks, props: CompleteEc2ServiceProps): void {
  const { amiId, instanceTypes, rootVolumeGiB } = props;
  const remedy = "Read it with a data.aws_ssm_parameter, and pass the value.";
  if (checks.required("amiId", amiId, remedy)) {
    const expected = "an id such as ami-0123456789abcdef0";
    checks.matches("amiId", amiId, new RegExp(`^ami-${RESOURCE_ID}$`), expected, remedy, "ec2-service/ami");
  }
  if (checkList(checks, "instanceTypes", instanceTypes)) checkTypes(checks, instanceTypes);
  // The image of Amazon Linux 2023 has 8 GiB; the upper end is that of gp3. Source: EBS user guide, "General Purpose SSD volumes".
  const volume = { min: 8, max: 16_384, unit: "GiB" };
  checks.integer("rootVolumeGiB", rootVolumeGiB, volume, "16 GiB hold the system, the image and rotated logs.");
  checkProcessCount(checks, props);
  checkPorts(checks, props);
}

/** Checks the types that a group may launch, a list that is known at synth. */
export function checkTypes(checks: Checks, types: readonly string[]): void {
  // Source of the upper end: EC2 Auto Scaling API reference, LaunchTemplate.Overrides.
  checks.count("instanceTypes", types, { min: 1, max: 40 }, "Name at least one.");
  checks.distinct("instanceTypes", types, "type", "Remove the repeated one.");
  for (const type of types) checkType(checks, type);
  const known = types.filter((type) => typeof type === "string" && INSTANCE_TYPE.test(type));
  checks.require(new Set(known.map(isArm)).size <= 1, {
    code: "ec2-service/architectures",
    prop: "instanceTypes",
    expected: "types of one architecture",
    got: known.map((type) => `${type} (${isArm(type) ? "arm64" : "x86_64"})`).join(", "),
    remedy: "The images are built for one: keep the types of that one.",
  });
}

function checkType(checks: Checks, type: string): void {
  const legal = typeof type === "string" && !isUnresolved(type) && INSTANCE_TYPE.test(type);
  const refuse = (holds: boolean, expected: string, remedy: string) =>
    checks.require(holds, {
      code: "ec2-service/instance-type",
      prop: "instanceTypes",
      expected,
      got: formatValue(type),
      remedy,
    });
  refuse(legal, "literal EC2 types, such as t4g.small", "The architecture is derived from them at synth.");
  if (!legal) return;
  const [family = "", size = ""] = type.split(".");
  const unknown = describeUnknownSize(INSTANCE_SIZES, family, size)?.replace(/; a type that is newer.*/, ".");
  refuse(unknown === undefined, "EC2 types that exist", String(unknown));
  refuse(size !== "nano", "types with at least 1 GiB of memory", "Take a micro or larger.");
}

const LOWEST_PORT = 1024;
const HIGHEST_PORT = 65_535;

/** Refuses a number of processes that is not known at synth, or that no instance needs. */
export function checkProcessCount(checks: Checks, { processes }: Pick<CompleteEc2ServiceProps, "processes">): void {
  checkLiteralInteger(checks, "processes", processes, {
    range: { min: 1, max: 64 },
    remedy: "About one for each vCPU.",
  });
}

function checkPorts(checks: Checks, { processes, firstProcessPort, loadBalancer }: CompleteEc2ServiceProps): void {
  const ports = { min: LOWEST_PORT, max: HIGHEST_PORT };
  checkLiteralInteger(checks, "firstProcessPort", firstProcessPort, {
    range: ports,
    remedy: "Lower ports belong to root.",
  });
  if (![processes, firstProcessPort].every((value) => Number.isInteger(value))) return;
  const last = firstProcessPort + processes - 1;
  const entrance = loadBalancer?.containerPort;
  checks.require(last <= HIGHEST_PORT && !(entrance >= firstProcessPort && entrance <= last), {
    code: "ec2-service/port-taken",
    prop: "firstProcessPort",
    expected: `ports up to ${HIGHEST_PORT} without ${formatValue(entrance)}, that of nginx`,
    got: `${firstProcessPort} to ${last}`,
    remedy: "Give the processes other ports, or addService() another containerPort.",
  });
}
