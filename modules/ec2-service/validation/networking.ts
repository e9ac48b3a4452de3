import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
import { checkIpBlocks } from "../../core/ip-block";
import { checkEndpoints } from "../../ecs/validation/aws-services";
import { checkSeconds } from "../../ecs/validation/container";
import { checkConnections, checkNetwork, checkPrefixLists } from "../../ecs/validation/network";
import { checkList } from "../../ecs/validation/shape";
import { calledServices } from "../called-services";
import { type CompleteEc2ServiceProps } from "../defaults";
import { checkLiteralInteger } from "./literal-integer";

/** Checks where the instances run, who reaches them and what they reach. */
export function checkNetworking(checks: Checks, props: CompleteEc2ServiceProps): void {
  const { network, egressCidrs } = props;
  checkNetwork(checks, props);
  checks.require(network?.assignPublicIp !== true, {
    code: "ec2-service/public-address",
    prop: "network",
    expected: "a network with private subnets and a NAT or endpoints",
    got: "one with public addresses instead",
    remedy: "Set its egress to single-nat-instance, the least expensive, or to another NAT.",
  });
  checkLoadBalancer(checks, props);
  checkConnections(checks, props);
  if (checkList(checks, "egressCidrs", egressCidrs)) checkIpBlocks(checks, "egressCidrs", egressCidrs);
  checkPrefixLists(checks, props);
  if (network) checkEndpoints(checks, network, calledServices(props));
}

function checkLoadBalancer(checks: Checks, { loadBalancer }: CompleteEc2ServiceProps): void {
  const remedy = 'Pass what addService() of the load balancer returns, with targetType "instance".';
  if (!checks.required("loadBalancer", loadBalancer, remedy)) return;
  const { targetGroupArn, loadBalancerSecurityGroupId, containerPort, targetType } = loadBalancer;
  if (checks.required("loadBalancer.targetGroupArn", targetGroupArn, remedy)) {
    checks.arn("loadBalancer.targetGroupArn", targetGroupArn, ARN_TYPES.targetGroup, remedy);
  }
  if (checks.required("loadBalancer.loadBalancerSecurityGroupId", loadBalancerSecurityGroupId, remedy)) {
    checks.id("loadBalancer.loadBalancerSecurityGroupId", loadBalancerSecurityGroupId, "sg", remedy);
  }
  const port = { min: 1, max: 65_535 };
  checkLiteralInteger(checks, "loadBalancer.containerPort", containerPort, {
    range: port,
    remedy: "nginx listens on it.",
  });
  checks.require(targetType === undefined || targetType === "instance", {
    code: "ec2-service/target-type",
    prop: "loadBalancer.targetType",
    expected: "a target group of instances",
    got: formatValue(targetType),
    remedy: 'Set targetType to "instance" in addService().',
  });
  checkSeconds(checks, "loadBalancer.deregistrationDelaySec", loadBalancer.deregistrationDelaySec, HOUR);
  checkSeconds(checks, "loadBalancer.healthySec", loadBalancer.healthySec, HOUR);
}

const HOUR = { min: 0, max: 3600 };
