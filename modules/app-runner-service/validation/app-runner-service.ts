import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
import { checkDomainName } from "../../core/domain-name";
import { checkIpBlocks } from "../../core/ip-block";
import { NO_DOT_SEGMENTS } from "../../core/path";
import { SECURITY_GROUP_PREFIXES } from "../../core/reserved-prefixes";
import { isUnresolved } from "../../core/tokens";
import { checkConnections, checkNetwork } from "../../ecs/validation/network";
import { checkIdentityStatements } from "../../ecs/validation/policy-statement";
import { checkList } from "../../ecs/validation/shape";
import { type CompleteAppRunnerServiceProps } from "../defaults";
import { AVAILABILITY_CHANGE, SERVICE_NAME_LENGTH, WEBSOCKET_REQUEST } from "../limits";
import { checkInstances } from "./instances";
import { checkSource } from "./source";
import { checkVariables } from "./variables";

/** @throws ConfigurationError with every problem of the props */
export function validateAppRunnerService(checks: Checks, props: CompleteAppRunnerServiceProps): void {
  checkName(checks, props);
  checkSource(checks, props);
  checkInstances(checks, props);
  checkVariables(checks, props);
  checkHealthCheck(checks, props);
  checkPlacement(checks, props);
  checkAccess(checks, props);
  checkSwitches(checks, props);
  checks.throwIfInvalid();
  warn(checks, props);
}

function checkName(checks: Checks, { name }: CompleteAppRunnerServiceProps): void {
  checks.baseName("name", name, SECURITY_GROUP_PREFIXES);
  const { min, max } = SERVICE_NAME_LENGTH;
  const short = typeof name === "string" && !isUnresolved(name) && name.length > 0 && name.length < min;
  checks.require(!short, {
    code: "app-runner-service/name-length",
    prop: "name",
    expected: `${min} to ${max} characters`,
    got: formatValue(name),
    remedy: "App Runner has no shorter names: append the environment, such as crm-dev.",
  });
}

function checkHealthCheck(checks: Checks, { healthCheck }: CompleteAppRunnerServiceProps): void {
  const { path, intervalSec, timeoutSec, healthyThreshold, unhealthyThreshold } = healthCheck;
  checks.matches(
    "healthCheck.path",
    path,
    new RegExp(String.raw`^\/${NO_DOT_SEGMENTS}[^\s]*$`),
    "a path that begins with / and has no segments of dots",
    "Use the path that answers 200 while the instance accepts requests.",
  );
  // Source of the ranges: App Runner API reference, HealthCheckConfiguration.
  const seconds = { min: 1, max: 20, unit: "seconds" };
  checks.integer("healthCheck.intervalSec", intervalSec, seconds, "App Runner checks at most every 20 seconds.");
  checks.integer("healthCheck.timeoutSec", timeoutSec, seconds, "App Runner waits at most 20 seconds.");
  const counts = { min: 1, max: 20 };
  checks.integer("healthCheck.healthyThreshold", healthyThreshold, counts, "One success is enough to start with.");
  checks.integer(
    "healthCheck.unhealthyThreshold",
    unhealthyThreshold,
    counts,
    "Times intervalSec, it is how long a new instance may take to start.",
  );
}

function checkPlacement(checks: Checks, props: CompleteAppRunnerServiceProps): void {
  const { network, connections, egressCidrs } = props;
  if (checkList(checks, "egressCidrs", egressCidrs)) checkIpBlocks(checks, "egressCidrs", egressCidrs);
  checkConnections(checks, { connections });
  if (network === undefined) {
    checks.require(Object.keys(connections).length === 0, {
      code: "app-runner-service/connections-without-network",
      prop: "network",
      expected: `the network of ${Object.keys(connections).join(", ")}`,
      got: "nothing",
      remedy: "Pass the Network that they are in: instances reach it through a VPC connector.",
    });
    return;
  }
  checkNetwork(checks, { network });
  checks.require(network.assignPublicIp !== true, {
    code: "app-runner-service/public-subnets",
    prop: "network",
    expected: "a network whose tasks need no public address",
    got: "one with assignPublicIp",
    remedy: "Use a network with a NAT, or vpc-endpoints when the application reaches nothing outside the VPC.",
  });
}

function checkAccess(checks: Checks, props: CompleteAppRunnerServiceProps): void {
  const { kmsKeyArn, secretKmsKeyArns, instancePolicyStatements, customDomain } = props;
  checks.arn("kmsKeyArn", kmsKeyArn, ARN_TYPES.kmsKey, "Pass the ARN of a KMS key, not its id or alias.");
  if (checkList(checks, "secretKmsKeyArns", secretKmsKeyArns)) {
    for (const arn of secretKmsKeyArns)
      checks.arn("secretKmsKeyArns", arn, ARN_TYPES.kmsKey, "Pass ARNs of KMS keys, not ids or aliases.");
  }
  if (checkList(checks, "instancePolicyStatements", instancePolicyStatements))
    checkIdentityStatements(checks, "instancePolicyStatements", instancePolicyStatements);
  if (customDomain !== undefined) checkDomainName(checks, "customDomain.domainName", customDomain.domainName);
}

function checkSwitches(checks: Checks, props: CompleteAppRunnerServiceProps): void {
  for (const prop of ["autoDeploy", "socketIo", "tracing"] as const) checks.literalBoolean(prop, props[prop]);
  checks.literalBoolean("customDomain.enableWww", props.customDomain?.enableWww);
}

/** Says what is legal and still a surprise. */
function warn(checks: Checks, { socketIo, maxConcurrency }: CompleteAppRunnerServiceProps): void {
  checks.warn(
    `App Runner takes no new customers since 2026-04-30 and gets no new features (${AVAILABILITY_CHANGE}): an account without it cannot apply this.`,
  );
  if (socketIo)
    checks.warn(
      `App Runner carries no WebSockets (${WEBSOCKET_REQUEST}): Socket.IO runs by long-polling on one instance, for at most ${isUnresolved(maxConcurrency) ? "maxConcurrency" : maxConcurrency} clients at once.`,
    );
}
