import { type EnvironmentOf } from "../../environments";
import { FargateService } from "../../modules/fargate-service";
import { createCache } from "../data/cache";
import { createLoadBalancerEntrance } from "../entrance";
import { repositoryArn } from "../registry-stack";
import { createAppSecrets } from "./app-secrets";
import { type Compute, type ComputeProps } from "./compute";
import { containerVariables, type MigrationSecrets } from "./environment-variables";
import { imageToRun } from "./image";
import { createTarget, monitoredLoadBalancer } from "./load-balancer-target";
import { connectionMetric, createRollbackAlarms, monitoredApp } from "./metrics";
import { type ServiceParts } from "./service-parts";

type FargateProps = ComputeProps<EnvironmentOf<"fargate">>;

/** Creates pattern A: tasks on Fargate behind a load balancer, with a cache for fan-out between them. */
export function createFargate(props: FargateProps): Compute {
  const cache = createCache(props, props.network);
  const entrance = createLoadBalancerEntrance(props);
  const target = createTarget(props, entrance.alb);
  const image = imageToRun(props);
  const service = createService(props, { cache, entrance, target, image });
  image.rememberAfter(service.service);
  return {
    entrance,
    monitored: {
      service,
      loadBalancer: monitoredLoadBalancer(props, target),
      cache: { kind: "nodes", nodeIds: cache.nodeIds, slowLogGroupName: cache.slowLogGroupName! },
      app: monitoredApp(props),
    },
    outputs: {
      cluster_name: [service.clusterName, "ECS cluster"],
      service_name: [service.serviceName, "ECS service"],
      log_group_name: [service.logGroupName, "Where the tasks log"],
    },
  };
}

function createService(props: FargateProps, { cache, entrance, target, image }: ServiceParts): FargateService {
  const { stack, name, contract, environment, network, database, registry, kmsKeyArn } = props;
  const { container } = contract;
  const { cpu, memoryMiB, spot, minCount, maxCount, connectionsPerTask } = environment.service;
  const service = new FargateService(stack, "service", {
    name,
    network,
    egressCidrs: environment.ipv6 ? ["0.0.0.0/0", "::/0"] : undefined,
    image: image.reference,
    revisionsOutsideTerraform: environment.deployedBy === "pipeline" ? "ignore" : "follow",
    repositoryArn: repositoryArn(registry, contract),
    containerPort: container.port,
    user: container.user,
    cpu,
    memoryMiB,
    bootSec: container.bootSec,
    drainSec: container.drain.shutdownSec,
    spot: spot ? { onDemandBase: 1, onDemandWeight: 0, spotWeight: 1 } : undefined,
    environment: containerVariables(props, { origin: entrance.origin, cache }),
    secrets: createAppSecrets(props),
    secretKmsKeyArns: kmsKeyArn ? [kmsKeyArn] : [],
    migration: {
      command: container.migrateCommand,
      timeoutSec: container.migrateSec,
      secrets: { DATABASE_MASTER_CREDENTIALS: database.masterUserSecretArn } satisfies MigrationSecrets,
    },
    loadBalancer: target,
    connections: { database, cache },
    fanOut: { adapter: cache.adapter, supportedAdapters: cache.supportedAdapters },
    autoscaling: { minCount, maxCount, connectionsPerTask },
    connectionMetric: connectionMetric(props),
    rollbackAlarmNames: createRollbackAlarms(props, target).alarmNames,
    logRetentionDays: environment.logRetentionDays,
    kmsKeyArn,
  });
  service.addTaskPolicy("database", [database.iamConnectStatement(contract.database.appUser)]);
  service.addTaskPolicy("cache", [cache.iamConnectStatement()]);
  return service;
}
