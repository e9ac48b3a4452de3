import { type ProblemCatalogue } from "../../core/problem";

/** The problems that only the network module reports. */
export const networkProblems = {
  "network/cidr-block": {
    summary: "The VPC's block is not a literal IPv4 CIDR.",
    why: "Subnets are computed from it at synth.",
  },
  "network/cidr-host-bits": {
    summary: "The VPC's block is not a network address: it has host bits.",
    why: "AWS clears the host bits, so the block would differ in every plan.",
  },
  "network/reserved-cidr-block": {
    summary: "The VPC's CIDR block is in addresses that EC2 reserves.",
    why: 'EC2 refuses loopback, link-local, multicast and 0.0.0.0/8 at apply (VPC user guide, "VPC CIDR blocks").',
  },
  "network/cidr-size": {
    summary: "The VPC's block is too large or too small.",
    why: "AWS accepts no VPC larger than /16 and no subnet smaller than /28 (VPC user guide, VPC CIDR blocks), and each tier reserves space for eight zones.",
  },
  "network/zone-count": {
    summary: "The network has fewer than 2 or more than 6 availability zones.",
    why: "A load balancer needs two zones, and the service must survive the failure of one.",
  },
  "network/zone-name": {
    summary: "A zone is not a regular availability zone.",
    why: "Subnets are computed from the zone's letter, a to h; local and Wavelength zones have other names and no NAT gateways.",
  },
  "network/zone-regions": {
    summary: "The zones belong to different regions, or to another one than the stack.",
    why: "A VPC belongs to one region, and the provider creates it in its own.",
  },
  "network/endpoint-service": {
    summary: "An interface endpoint is not named by the short name of its service.",
    why: "The module adds the prefix `com.amazonaws.<region>` itself.",
  },
  "network/gateway-endpoint": {
    summary: "An interface endpoint is requested for a service that has a gateway endpoint.",
    why: "Gateway endpoints for S3 and DynamoDB are free; interface endpoints cost money by the hour.",
  },
  "network/nat-instance-unused": {
    summary: "A NAT instance is configured, but the egress does not use one.",
    why: "The setting would be ignored silently.",
  },
  "network/nat-instance-type": {
    summary: "The NAT instance's type is not a literal EC2 instance type.",
    why: "The architecture of the default image is derived from it at synth.",
  },
  "network/nat-image-missing": {
    summary: "The NAT instance is not set up by user data, but no image is given.",
    why: "The default image is plain Amazon Linux, which translates no addresses.",
  },
  "network/nat-port": {
    summary: "A port of the NAT instance is not a literal TCP port.",
    why: "Each port is a security group rule and part of its Terraform address.",
  },
} as const satisfies ProblemCatalogue;
