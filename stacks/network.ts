import { Network } from "../modules/network";
import { type ServiceContext } from "./service-context";

export function createNetwork({ stack, name, environment, kmsKeyArn }: ServiceContext): Network {
  const { availabilityZones, cidrBlock, egress, natInstance, ipv6, logRetentionDays } = environment;
  return new Network(stack, "network", {
    name,
    availabilityZones,
    cidrBlock,
    egress,
    natInstance,
    ipv6,
    flowLogRetentionDays: logRetentionDays,
    kmsKeyArn,
  });
}
