import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
import { checkIpBlocks } from "../../core/ip-block";
import { isUnresolved } from "../../core/tokens";
import { checkVpc } from "../../core/vpc";
import { type CompleteTaskProps } from "../defaults";
import { checkReachability } from "./aws-services";
import { checkId, checkList, checkObject } from "./shape";

export function checkNetworking(checks: Checks, props: CompleteTaskProps): void {
  checkNetwork(checks, props);
  checkLoadBalancer(checks, props);
  checkConnections(checks, props);
  if (checkList(checks, "egressCidrs", props.egressCidrs)) checkIpBlocks(checks, "egressCidrs", props.egressCidrs);
  checkPrefixLists(checks, props);
  checkReachability(checks, props);
}

export function checkPrefixLists(
  checks: Checks,
  { egressPrefixListIds }: Pick<CompleteTaskProps, "egressPrefixListIds">,
): void {
  for (const [key, id] of Object.entries(egressPrefixListIds)) {
    checkId(checks, "egressPrefixListIds", key);
    const remedy = "Pass the list's id: `aws ec2 describe-managed-prefix-lists` prints it.";
    if (checks.required(`egressPrefixListIds.${key}`, id, remedy))
      checks.id(`egressPrefixListIds.${key}`, id, "pl", remedy);
  }
}

export function checkNetwork(checks: Checks, { network }: Pick<CompleteTaskProps, "network">): void {
  const remedy = "Pass a Network, or what existingNetwork() returns.";
  if (!checks.required("network", network, remedy)) return;
  checkVpc(checks, network.vpcId);
  // ECS accepts at most 16. Source: ECS API reference, AwsVpcConfiguration.
  checks.subnets(
    "network.taskSubnetIds",
    network.taskSubnetIds,
    { min: 2, max: 16 },
    "Pass one subnet for each zone: a failed zone must not take every task with it.",
  );
}

function checkLoadBalancer(checks: Checks, props: CompleteTaskProps): void {
  const { loadBalancer, containerPort } = props;
  if (loadBalancer === undefined) return;
  const { targetGroupArn, loadBalancerSecurityGroupId, deregistrationDelaySec, healthySec } = loadBalancer;
  const remedy = "Pass what addService() of the load balancer returns.";
  if (checks.required("loadBalancer.targetGroupArn", targetGroupArn, remedy)) {
    checks.arn("loadBalancer.targetGroupArn", targetGroupArn, ARN_TYPES.targetGroup, remedy);
  }
  if (checks.required("loadBalancer.loadBalancerSecurityGroupId", loadBalancerSecurityGroupId, remedy)) {
    checks.id("loadBalancer.loadBalancerSecurityGroupId", loadBalancerSecurityGroupId, "sg", remedy);
  }
  checkSuffixes(checks, props);
  // Source: Elastic Load Balancing API reference, TargetGroupAttribute, deregistration_delay.timeout_seconds.
  checks.integer(
    "loadBalancer.deregistrationDelaySec",
    deregistrationDelaySec,
    { min: 0, max: 3600, unit: "seconds" },
    remedy,
  );
  checks.integer("loadBalancer.healthySec", healthySec, { min: 0, max: 3600, unit: "seconds" }, remedy);
  checks.require(loadBalancer.targetType !== "instance", {
    code: "ecs/target-type",
    prop: "loadBalancer.targetType",
    expected: "a target group of addresses",
    got: "one of instances",
    remedy: 'Leave targetType out of addService(), or set it to "ip": tasks register with their own address.',
  });
  // A port that is missing is reported elsewhere.
  const known = [containerPort, loadBalancer.containerPort].every((port) => port !== undefined && !isUnresolved(port));
  checks.require(!known || loadBalancer.containerPort === containerPort, {
    code: "ecs/port-mismatch",
    prop: "containerPort",
    expected: `${formatValue(loadBalancer.containerPort)}, the port that the load balancer sends to`,
    got: formatValue(containerPort),
    remedy: "Use the same port on both sides: the app's own.",
  });
}

/** Source of the label's form: Application Auto Scaling API reference, PredefinedMetricSpecification.ResourceLabel. */
function checkSuffixes(checks: Checks, { loadBalancer, autoscaling }: CompleteTaskProps): void {
  if (autoscaling?.requestsPerTask === undefined || loadBalancer === undefined) return;
  const remedy = "Pass what addService() of the load balancer returns: autoscaling.requestsPerTask is counted by it.";
  const suffixes = {
    loadBalancerArnSuffix: ["app/name/id", /^app\/[A-Za-z0-9-]{1,32}\/[0-9a-f]{1,17}$/],
    targetGroupArnSuffix: ["targetgroup/name/id", /^targetgroup\/[A-Za-z0-9-]{1,32}\/[0-9a-f]{1,17}$/],
  } as const;
  for (const name of Object.keys(suffixes) as (keyof typeof suffixes)[]) {
    const [form, pattern] = suffixes[name];
    if (!checks.required(`loadBalancer.${name}`, loadBalancer[name], remedy)) continue;
    checks.matches(`loadBalancer.${name}`, loadBalancer[name], pattern, `the end of its ARN, ${form}`, remedy);
  }
}

export function checkConnections(checks: Checks, { connections }: Pick<CompleteTaskProps, "connections">): void {
  for (const [id, connection] of checkObject(checks, "connections", connections)) {
    const prop = `connections.${id}`;
    checkId(checks, "connections", id);
    if (!checks.required(prop, connection, "Pass its securityGroupId and port.")) continue;
    const { securityGroupId, port } = connection;
    if (checks.required(`${prop}.securityGroupId`, securityGroupId, "Pass the group of the database or cache.")) {
      checks.id(`${prop}.securityGroupId`, securityGroupId, "sg", "Pass the group's id, not its name.");
    }
    if (checks.required(`${prop}.port`, port, "For example 5432 for PostgreSQL, 6379 for Redis.")) {
      checks.integer(`${prop}.port`, port, { min: 1, max: 65_535 }, "For example 5432 for PostgreSQL, 6379 for Redis.");
    }
  }
}
