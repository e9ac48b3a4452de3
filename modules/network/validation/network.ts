import { type Checks, formatValue } from "../../core/checks";
import { formatCidr, isPrivate, networkOf, parseCidr } from "../../core/cidr";
import { LOG_RETENTION_DAYS } from "../../core/log-retention";
import { isUnresolved } from "../../core/tokens";
import { EGRESS_KINDS } from "../egress";
import { type CompleteNetworkProps } from "../defaults";
import { explainSmallestVpc, LARGEST_VPC_PREFIX, regionOf, SMALLEST_VPC_PREFIX, zoneLetter } from "../subnet-plan";
import { checkNatInstance } from "./nat-instance";

/** @throws ConfigurationError with every problem of the props */
export function validateNetwork(checks: Checks, props: CompleteNetworkProps): void {
  checks.baseName("name", props.name);
  checkCidr(checks, props.cidrBlock);
  checkZones(checks, props.availabilityZones);
  checks.literalOneOf("egress", props.egress, EGRESS_KINDS, "See the network README for what each costs.");
  checks.oneOf(
    "flowLogRetentionDays",
    props.flowLogRetentionDays,
    LOG_RETENTION_DAYS,
    "Take a value that CloudWatch Logs knows.",
  );
  checks.arn("kmsKeyArn", props.kmsKeyArn, "kms", "Pass the ARN of a KMS key, not its id or alias.");
  checks.literalBoolean("flowLogs", props.flowLogs);
  checks.literalBoolean("ipv6", props.ipv6);
  checkNatInstance(checks, props);
  checkEndpoints(checks, props);
  checks.throwIfInvalid();
}

function checkCidr(checks: Checks, cidrBlock: string): void {
  const prop = "cidrBlock";
  const block = isUnresolved(cidrBlock) || typeof cidrBlock !== "string" ? undefined : parseCidr(cidrBlock);
  if (!block) {
    checks.add({
      prop,
      expected: "a literal IPv4 CIDR, for example 10.0.0.0/16",
      got: formatValue(cidrBlock),
      remedy: "Subnets are computed from it at synth, so it cannot come from another resource.",
    });
    return;
  }
  const network = formatCidr(networkOf(block));
  checks.require(network === cidrBlock, {
    prop,
    expected: "a network address with no host bits",
    got: formatValue(cidrBlock),
    remedy: `Use ${network}.`,
  });
  checks.require(block.prefix >= LARGEST_VPC_PREFIX && block.prefix <= SMALLEST_VPC_PREFIX, {
    prop,
    expected: `a prefix length from /${LARGEST_VPC_PREFIX} to /${SMALLEST_VPC_PREFIX}`,
    got: formatValue(cidrBlock),
    remedy:
      block.prefix > SMALLEST_VPC_PREFIX ? `${explainSmallestVpc(cidrBlock)}.` : "AWS takes no VPC larger than /16.",
  });
  if (!isPrivate(block)) {
    checks.warn(
      `cidrBlock ${cidrBlock} is public address space: tasks could not reach its real owner. Use a block of RFC 1918, such as 10.0.0.0/16.`,
    );
  }
}

function checkZones(checks: Checks, zones: readonly string[]): void {
  const prop = "availabilityZones";
  if (!checks.required(prop, zones, 'Name them, for example ["ap-northeast-1a", "ap-northeast-1c"].')) return;
  if (isUnresolved(zones) || !Array.isArray(zones)) {
    const remedy = "Ids and CIDRs are computed from the zones at synth, so they cannot come from a data source.";
    checks.add({ prop, expected: "a list of literal zone names", got: formatValue(zones), remedy });
    return;
  }
  checks.count(
    prop,
    zones,
    { min: 2, max: 6 },
    "A load balancer needs two zones, and a failed zone must not take the service with it.",
  );
  const odd = zones.filter((zone) => typeof zone !== "string" || zoneLetter(zone) === undefined);
  checks.require(odd.length === 0, {
    prop,
    expected: "names of ordinary zones, such as ap-northeast-1a",
    got: odd.map(formatValue).join(", "),
    remedy: "List the zones of your account with `aws ec2 describe-availability-zones`.",
  });
  const repeated = zones.filter((zone, index) => zones.indexOf(zone) !== index);
  checks.require(repeated.length === 0, {
    prop,
    expected: "each zone once",
    got: repeated.join(", "),
    remedy: "Remove the repeated zone.",
  });
  const regions = [...new Set(zones.filter((zone) => !odd.includes(zone)).map(regionOf))];
  checks.require(regions.length <= 1, {
    prop,
    expected: "zones of one region",
    got: regions.join(", "),
    remedy: "A VPC lives in one region.",
  });
}

function checkEndpoints(checks: Checks, { interfaceEndpoints }: CompleteNetworkProps): void {
  if (interfaceEndpoints === undefined) return;
  const odd = interfaceEndpoints.filter(
    (service) => isUnresolved(service) || !/^[a-z0-9][a-z0-9.-]{0,62}$/.test(service),
  );
  checks.require(odd.length === 0, {
    prop: "interfaceEndpoints",
    expected: "short service names, such as ecr.api",
    got: odd.map(formatValue).join(", "),
    remedy: "Leave out the prefix com.amazonaws.<region>.",
  });
  checks.distinct("interfaceEndpoints", interfaceEndpoints, "service", "Remove the repeated one.");
  const gateway = interfaceEndpoints.filter((service) => service === "s3" || service === "dynamodb");
  checks.require(gateway.length === 0, {
    prop: "interfaceEndpoints",
    expected: "services without a free gateway endpoint",
    got: gateway.join(", "),
    remedy: "The S3 gateway endpoint is always there and costs nothing.",
  });
}
