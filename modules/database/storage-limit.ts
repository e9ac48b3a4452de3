import { Fn, Op, Token } from "cdktf";
import { isUnresolved } from "../core/tokens";
import { type CompleteInstanceProps } from "./defaults";

/** Largest storage of an instance. Source: RDS user guide, "Amazon RDS DB instance storage". */
export const MAX_STORAGE_GIB = 65_536;
/** Smallest default for the limit of storage autoscaling. */
const MIN_DEFAULT_GIB = 100;

/** Returns the lowest limit that RDS accepts. Source: RDS user guide, "Managing capacity automatically with Amazon RDS storage autoscaling". */
export function leastStorageLimitGiB(allocatedGiB: number): number {
  return Math.ceil((allocatedGiB * 11) / 10);
}

/** Returns the size up to which the storage grows; `undefined` when the storage is so large that RDS accepts no limit above it. */
export function storageLimitGiB({
  allocatedStorageGiB,
  maxAllocatedStorageGiB,
}: Pick<CompleteInstanceProps, "allocatedStorageGiB" | "maxAllocatedStorageGiB">): number | undefined {
  if (maxAllocatedStorageGiB !== undefined) return maxAllocatedStorageGiB;
  if (isUnresolved(allocatedStorageGiB)) return limitAtApply(allocatedStorageGiB);
  if (leastStorageLimitGiB(allocatedStorageGiB) > MAX_STORAGE_GIB) return undefined;
  return Math.min(MAX_STORAGE_GIB, Math.max(MIN_DEFAULT_GIB, allocatedStorageGiB * 2));
}

function limitAtApply(allocatedGiB: number): number {
  const twice = Token.asNumber(Op.mul(2, allocatedGiB));
  return Token.asNumber(Fn.min([MAX_STORAGE_GIB, Token.asNumber(Fn.max([MIN_DEFAULT_GIB, twice]))]));
}
