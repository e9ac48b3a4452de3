import { TwinError } from "../../errors";

export interface InstanceSize {
  readonly vcpus: number;
  readonly memoryMiB: number;
}

/** Memory of burstable types in GiB. Source: EC2 instance types guide, "General purpose": two vCPUs up to large, then four for each xlarge. */
const BURSTABLE_GIB: Readonly<Record<string, number>> = { nano: 0.5, micro: 1, small: 2, medium: 4, large: 8 };
/** GiB for each vCPU of the other families. Source: EC2 instance types guide. */
const GIB_PER_VCPU: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

/** Returns vCPUs and memory of a type of the families t, c, m and r. @throws TwinError for another one */
export function sizeOf(instanceType: string): InstanceSize {
  const [, family = "", size = ""] = /^([tcmr])\d[a-z-]*\.(\w+)$/.exec(instanceType) ?? [];
  const vcpus = vcpusOf(family, size);
  if (vcpus === undefined) {
    throw new TwinError(
      `aws_launch_template.instance_type: expected a type of the families t, c, m or r, got ${instanceType}, whose size the twin does not know.`,
    );
  }
  const memoryGiB = family === "t" ? (BURSTABLE_GIB[size] ?? vcpus * 4) : vcpus * GIB_PER_VCPU[family]!;
  return { vcpus, memoryMiB: memoryGiB * 1024 };
}

function vcpusOf(family: string, size: string): number | undefined {
  if (size.endsWith("xlarge")) return 4 * (Number.parseInt(size, 10) || 1);
  if (family === "t") return size in BURSTABLE_GIB ? 2 : undefined;
  return { medium: 1, large: 2 }[size];
}
