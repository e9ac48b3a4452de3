import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { type EnvironmentOf } from "../../environments";
import { isArm } from "../../modules/core/ec2-instance-types";
import { Ec2Service } from "../../modules/ec2-service";
import { createCache } from "../data/cache";
import { createLoadBalancerEntrance } from "../entrance";
import { repositoryArn } from "../registry-stack";
import { createAppSecrets } from "./app-secrets";
import { type Compute, type ComputeProps } from "./compute";
import { instanceVariables, type MigrationSecrets } from "./environment-variables";
import { imageToRun } from "./image";
import { createTarget, monitoredLoadBalancer } from "./load-balancer-target";
import { connectionMetric, createRollbackAlarms, monitoredApp } from "./metrics";
import { type ServiceParts } from "./service-parts";

type Ec2Props = ComputeProps<EnvironmentOf<"ec2">>;

/** Port of nginx on each instance, apart from those of the processes. */
const ENTRANCE_PORT = 8080;

/** Creates pattern B: instances of EC2 behind a load balancer, with a cache for fan-out between their processes. */
export function createEc2(props: Ec2Props): Compute {
  const cache = createCache(props, props.network);
  const entrance = createLoadBalancerEntrance(props);
  const target = createTarget(props, entrance.alb, { containerPort: ENTRANCE_PORT, targetType: "instance" });
  const image = imageToRun(props);
  const service = createService(props, { cache, entrance, target, image });
  image.rememberAfter(service.group);
  return {
    entrance,
    monitored: {
      instances: service,
      loadBalancer: monitoredLoadBalancer(props, target),
      cache: { kind: "nodes", nodeIds: cache.nodeIds, slowLogGroupName: cache.slowLogGroupName! },
      app: monitoredApp(props),
    },
    logGroupName: service.logGroupName,
    outputs: {
      auto_scaling_group_name: [service.autoScalingGroupName, "Auto Scaling group of the instances"],
      launch_template_id: [service.launchTemplateId, "What the group launches"],
      log_group_name: [service.logGroupName, "Where the instances log"],
    },
  };
}

function createService(props: Ec2Props, { cache, entrance, target, image }: ServiceParts): Ec2Service {
  const { stack, name, contract, environment, network, database, registry, kmsKeyArn } = props;
  const { container, metrics } = contract;
  const { instanceTypes, processes, minCount, maxCount, connectionsPerProcess, spot } = environment.service;
  const service = new Ec2Service(stack, "service", {
    name,
    network,
    egressCidrs: environment.ipv6 ? ["0.0.0.0/0", "::/0"] : undefined,
    image: image.reference,
    repositoryArn: repositoryArn(registry, contract),
    amiId: amiOf(props),
    instanceTypes,
    processes,
    firstProcessPort: container.port,
    healthPath: container.health.path,
    socketPath: container.socket.path,
    heartbeat: container.socket.heartbeat,
    maxMessageBytes: container.socket.maxPayloadBytes,
    keepAliveTimeoutSec: container.http.keepAliveTimeoutSec,
    bootSec: container.bootSec,
    drainSec: container.drain.shutdownSec,
    spot: spot ? { onDemandBase: 1, onDemandPercent: 0 } : undefined,
    environment: instanceVariables(props, { origin: entrance.origin, cache }),
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
    autoscaling: { minCount, maxCount, connectionsPerProcess },
    connectionMetric: connectionMetric(props),
    refreshAlarmNames: createRollbackAlarms(props, target).alarmNames,
    refreshTopicArn: props.alarmTopicArn,
    metricsNamespace: `${metrics.namespace}/Instances`,
    logRetentionDays: environment.logRetentionDays,
    kmsKeyArn,
  });
  service.addInstancePolicy("database", [database.iamConnectStatement(contract.database.appUser)]);
  service.addInstancePolicy("cache", [cache.iamConnectStatement()]);
  return service;
}

/** Returns the environment's AMI, or the newest one for the architecture of its instances. */
function amiOf({ stack, environment: { service } }: Ec2Props): string {
  if (service.amiId !== undefined) return service.amiId;
  const architecture = service.instanceTypes.some(isArm) ? "arm64" : "x86_64";
  // Source: Amazon Linux 2023 user guide, "Launching AL2023 using the SSM parameter".
  const name = `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`;
  return new DataAwsSsmParameter(stack, "ami", { name }).insecureValue;
}
