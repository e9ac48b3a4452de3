import { Network, type NetworkProps } from "../../../modules/network";
import { type Examples } from "./example";

const valid: NetworkProps = {
  name: "crm-prod",
  availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"],
};

export const networkExamples: Examples = {
  "network/cidr-block": (stack) => new Network(stack, "network", { ...valid, cidrBlock: "10.0.0.0" }),
  "network/cidr-host-bits": (stack) => new Network(stack, "network", { ...valid, cidrBlock: "10.0.1.0/16" }),
  "network/cidr-size": (stack) => new Network(stack, "network", { ...valid, cidrBlock: "10.0.0.0/8" }),
  "network/reserved-cidr-block": (stack) => new Network(stack, "network", { ...valid, cidrBlock: "169.254.0.0/16" }),
  "network/zone-count": (stack) => new Network(stack, "network", { ...valid, availabilityZones: ["ap-northeast-1a"] }),
  "network/zone-name": (stack) =>
    new Network(stack, "network", { ...valid, availabilityZones: ["ap-northeast-1a", "apne1-az4"] }),
  "network/zone-regions": (stack) =>
    new Network(stack, "network", { ...valid, availabilityZones: ["ap-northeast-1a", "us-east-1b"] }),
  "network/endpoint-service": (stack) => new Network(stack, "network", { ...valid, interfaceEndpoints: ["ecr/api"] }),
  "network/gateway-endpoint": (stack) => new Network(stack, "network", { ...valid, interfaceEndpoints: ["s3"] }),
  "network/nat-instance-unused": (stack) =>
    new Network(stack, "network", {
      ...valid,
      egress: "single-nat-gateway",
      natInstance: { instanceType: "t4g.nano" },
    }),
  "network/nat-instance-type": (stack) =>
    new Network(stack, "network", {
      ...valid,
      egress: "single-nat-instance",
      natInstance: { instanceType: "db.t4g.micro" },
    }),
  "network/nat-image-missing": (stack) =>
    new Network(stack, "network", { ...valid, egress: "single-nat-instance", natInstance: { setUp: "image" } }),
  "network/nat-port": (stack) =>
    new Network(stack, "network", { ...valid, egress: "single-nat-instance", natInstance: { ports: [443, 65_536] } }),
};
