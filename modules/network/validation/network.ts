import { ARN_TYPES } from "../../core/arn-types";
import { type Checks } from "../../core/checks";
import { SECURITY_GROUP_PREFIXES } from "../../core/reserved-prefixes";
import { type CompleteNetworkProps } from "../defaults";
import { checkAvailabilityZones } from "./availability-zones";
import { checkCidrBlock } from "./cidr-block";
import { checkEndpointServices, ENDPOINTS_PROP } from "./endpoint-services";
import { checkNatInstance } from "./nat-instance";

/** @throws ConfigurationError with every problem of the props */
export function validateNetwork(checks: Checks, props: CompleteNetworkProps): void {
  checks.baseName("name", props.name, SECURITY_GROUP_PREFIXES);
  checkCidrBlock(checks, props.cidrBlock);
  checkAvailabilityZones(checks, props.availabilityZones);
  checks.arn("kmsKeyArn", props.kmsKeyArn, ARN_TYPES.kmsKey, "Pass the ARN of a KMS key, not its id or alias.");
  checks.literalBoolean("flowLogs", props.flowLogs);
  checks.literalBoolean("ipv6", props.ipv6);
  checkNatInstance(checks, props);
  checkInterfaceEndpoints(checks, props);
  checks.throwIfInvalid();
}

function checkInterfaceEndpoints(checks: Checks, { interfaceEndpoints }: CompleteNetworkProps): void {
  if (interfaceEndpoints === undefined) return;
  checkEndpointServices(checks, interfaceEndpoints);
  const gateway = interfaceEndpoints.filter((service) => service === "s3" || service === "dynamodb");
  checks.require(gateway.length === 0, {
    code: "network/gateway-endpoint",
    prop: ENDPOINTS_PROP,
    expected: "services without a free gateway endpoint",
    got: gateway.join(", "),
    remedy: "The S3 gateway endpoint always exists and is free of charge.",
  });
}
