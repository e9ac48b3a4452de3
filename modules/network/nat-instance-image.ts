import { type CompleteNatInstance } from "./defaults";

/** An EC2 instance type: `t4g.nano`, `c7gn.16xlarge`. Metal sizes are left out, because a NAT never needs one. */
export const INSTANCE_TYPE = /^[a-z]{1,3}\d[a-z]*\.(nano|micro|small|medium|large|\d{0,2}xlarge)$/;

/** An image's id, or an SSM parameter that EC2 resolves at each launch. Source: EC2 API reference, RequestLaunchTemplateData. */
export const IMAGE_ID = /^(ami-[0-9a-f]{8,17}|resolve:ssm:[/\w.-]+(:[\w.-]+)?)$/;

/** Graviton types have a g after their generation, except a1, the first one. */
function isArm(instanceType: string): boolean {
  return /^(a1|[a-z]+\dg[a-z]*)\./.test(instanceType);
}

/** Chooses the image to start, and how it becomes a NAT. */
export function natImage({ instanceType, imageId, setUp }: CompleteNatInstance) {
  if (imageId !== undefined) return { imageId, setUp: setUp ?? "image" };
  const architecture = isArm(instanceType) ? "arm64" : "x86_64";
  // Source: Amazon Linux 2023 user guide, "Launching AL2023 using the SSM parameter".
  const parameter = `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`;
  return { imageId: `resolve:ssm:${parameter}`, setUp: setUp ?? "user-data" };
}
