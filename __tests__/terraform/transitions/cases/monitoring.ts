import { type Construct } from "constructs";
import { FargateService, Monitoring, type MonitoringProps } from "../../../../modules";
import { type Case, changes, type Surroundings } from "../../../helpers/transitions/transitions";

/** Alarms on a load balancer of somebody else. */
const monitoring =
  (props: Partial<MonitoringProps>) =>
  (scope: Construct, { name }: Surroundings): void => {
    new Monitoring(scope, "monitoring", {
      name,
      loadBalancer: {
        loadBalancerArnSuffix: "app/crm/0123456789abcdef",
        targets: { web: "targetgroup/crm/0123456789abcdef" },
      },
      ...props,
    });
  };

/** Alarms on a service of this configuration as well. */
function withService(scope: Construct, surroundings: Surroundings): void {
  const { name, network } = surroundings;
  const service = new FargateService(scope, "service", {
    name,
    network,
    image: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm:1.0.0",
    containerPort: 3000,
    drainSec: 60,
    fanOut: { adapter: "redis" },
  });
  monitoring({ service })(scope, surroundings);
}

export const monitoringCases: readonly Case[] = [
  changes(
    "Monitoring",
    "service",
    ["a FargateService", withService],
    ["none, the FargateService destroyed", monitoring({})],
    ["a FargateService", withService],
  ),
  changes(
    "Monitoring",
    "disabledAlarms",
    ["none", monitoring({})],
    ["one of service-unhealthy", monitoring({ disabledAlarms: ["load-balancer-errors"] })],
    ["none", monitoring({})],
  ),
];
