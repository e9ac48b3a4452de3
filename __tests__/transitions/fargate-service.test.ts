import { type Construct } from "constructs";
import { AlbWebsocket, Cache, FargateService, type FargateServiceProps, type ServiceTarget } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep } from "../helpers/transitions/sweep";
import { type Build, changes, type Surroundings } from "../helpers/transitions/transitions";

const service =
  (props: Partial<FargateServiceProps>): Build =>
  (scope, { name, network }) =>
    new FargateService(scope, "service", {
      name,
      network,
      image: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm:1.0.0",
      containerPort: 3000,
      drainSec: 60,
      fanOut: { adapter: "redis" },
      ...props,
    });

/** A service with a cache, to which it is connected or not. */
const withCache =
  (connected: boolean): Build =>
  (scope, surroundings) => {
    const { name, network } = surroundings;
    const cache = new Cache(scope, "cache", { name, network, kind: "serverless" });
    service(connected ? { connections: { cache } } : {})(scope, surroundings);
  };

function loadBalancer(scope: Construct, { name, network }: Surroundings): ServiceTarget {
  const alb = new AlbWebsocket(scope, "alb", { name, network, allowInsecureHttp: true, deletionProtection: false });
  return alb.addService("web", { containerPort: 3000, keepAliveTimeoutSec: 75 });
}

const behind: Build = (scope, surroundings) => {
  service({ loadBalancer: loadBalancer(scope, surroundings) })(scope, surroundings);
};

itChanges([
  ...sweep<FargateServiceProps>("FargateService", service, {
    environment: [{ GREETING: "hello" }],
    memoryMiB: [1024],
    spot: [{ spotWeight: 3 }],
    ephemeralStorageGiB: [30],
    architecture: ["X86_64"],
    egressCidrs: [["203.0.113.0/24"]],
    autoscaling: [{ minCount: 2, maxCount: 4 }],
    enableExecuteCommand: [true],
    containerInsights: ["disabled"],
    logRetentionDays: [90],
    taskPolicyStatements: [[{ Effect: "Allow", Action: "sqs:SendMessage", Resource: "arn:aws:sqs:*:*:crm" }]],
  }),
  changes("FargateService", "loadBalancer", ["none", service({})], ["an AlbWebsocket", behind], ["none", service({})]),
  changes("FargateService", "connections", ["a cache", withCache(true)], ["none", withCache(false)]),
]);
