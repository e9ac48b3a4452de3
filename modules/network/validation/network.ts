import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { SECURITY_GROUP_PREFIXES } from "../../core/reserved-prefixes";
import { type CompleteNetworkProps } from "../defaults";
import { checkAvailabilityZones } from "./availability-zones";
import { checkCidrBlock } from "./cidr-block";
import { checkNatInstance } from "./nat-instance";

/** Short names are joined to `com.amazonaws.<region>.`, so a name that begins with it would have the prefix twice. */
const ENDPOINT_SERVICE =
  /^(?=.{1,63}$)(?!(?:cn\.)?com\.|aws\.|amazonaws\.|vpce)[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/;

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
  const prop = "interfaceEndpoints";
  const malformed = interfaceEndpoints.filter((service) => isUnresolved(service) || !ENDPOINT_SERVICE.test(service));
  checks.require(malformed.length === 0, {
    code: "network/endpoint-service",
    prop,
    expected: "short service names, such as ecr.api",
    got: malformed.map(formatValue).join(", "),
    remedy: "Leave out the prefix com.amazonaws.<region>.",
  });
  checks.distinct(prop, interfaceEndpoints, "service", "Remove the repeated one.");
  const gateway = interfaceEndpoints.filter((service) => service === "s3" || service === "dynamodb");
  checks.require(gateway.length === 0, {
    code: "network/gateway-endpoint",
    prop,
    expected: "services without a free gateway endpoint",
    got: gateway.join(", "),
    remedy: "The S3 gateway endpoint always exists and is free of charge.",
  });
}
