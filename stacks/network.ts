import { Network } from "../modules/network";
import { type ServiceContext } from "./service-context";

export function createNetwork({ stack, name, environment, kmsKeyArn }: ServiceContext): Network {
  const { pattern, availabilityZones, cidrBlock, egress, natInstance, ipv6, logRetentionDays } = environment;
  return new Network(stack, "network", {
    name,
    availabilityZones,
    cidrBlock,
    egress,
    // App Runner pulls the image, writes the logs and reads the secrets outside of the VPC.
    interfaceEndpoints: pattern === "app-runner" && egress === "vpc-endpoints" ? [] : undefined,
    natInstance,
    ipv6,
    flowLogRetentionDays: logRetentionDays,
    kmsKeyArn,
  });
}
