import { isArm } from "../core/ec2-instance-types";
import { type CompleteNatInstance } from "./defaults";

/** An image's id, or an SSM parameter that EC2 resolves at each launch. Source: EC2 API reference, RequestLaunchTemplateData. */
export const IMAGE_ID = /^(ami-(?:[0-9a-f]{8}|[0-9a-f]{17})|resolve:ssm:[/\w.-]+(:[\w.-]+)?)$/;

/** Chooses the image to start, and how it becomes a NAT. */
export function natImage({ instanceType, imageId, setUp }: CompleteNatInstance) {
  if (imageId !== undefined) return { imageId, setUp: setUp ?? "image" };
  const architecture = isArm(instanceType) ? "arm64" : "x86_64";
  // Source: Amazon Linux 2023 user guide, "Launching AL2023 using the SSM parameter".
  const parameter = `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`;
  return { imageId: `resolve:ssm:${parameter}`, setUp: setUp ?? "user-data" };
}
