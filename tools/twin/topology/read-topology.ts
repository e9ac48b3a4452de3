import { TwinError } from "../errors";
import { type Attributes } from "../../terraform/attributes";
import { AppliedResources } from "../../terraform/applied-resources";
import { type StateJson } from "../../terraform/state-json";
import { readContainers } from "./containers";
import {
  type Cache,
  type Database,
  type LoadBalancer,
  type Scaling,
  type Service,
  type Stickiness,
  type TargetGroup,
  type TaskDefinition,
  type Topology,
} from "./topology";

const XFF_MODES = ["append", "preserve", "remove"] as const;
const ALGORITHMS = ["round_robin", "least_outstanding_requests", "weighted_random"] as const;
const PROTOCOLS = ["HTTP", "HTTPS"] as const;

/**
 * Reads the one service of an applied stack, and what it stands behind and on, from `terraform show -json`.
 *
 * @throws TwinError naming the resource and attribute that is missing or of another shape
 */
export function readTopology(state: StateJson): Topology {
  const resources = new AppliedResources(state);
  const service = resources.only("aws_ecs_service");
  const target = service.block("load_balancer");
  const group = resources.by("aws_lb_target_group", "arn", target.text("target_group_arn"));
  const task = readTask(resources.by("aws_ecs_task_definition", "arn", service.text("task_definition")));
  const topology = {
    name: service.text("name"),
    loadBalancer: readLoadBalancer(resources, group.text("arn")),
    targetGroup: readTargetGroup(group),
    service: readService(service, target),
    scaling: readScaling(resources, service),
    task,
    database: readDatabase(resources),
    cache: readCache(resources),
  };
  const { containerName } = topology.service;
  if (!task.containers.some(({ name }) => name === containerName)) {
    throw new TwinError(`${service.address}.load_balancer: container ${containerName} is not in the task definition.`);
  }
  return topology;
}

function readLoadBalancer(resources: AppliedResources, targetGroupArn: string): LoadBalancer {
  const listener = forwardingListener(resources, targetGroupArn);
  const balancer = resources.by("aws_lb", "arn", listener.text("load_balancer_arn"));
  return {
    dnsName: balancer.text("dns_name"),
    protocol: listener.oneOf("protocol", PROTOCOLS),
    port: listener.number("port"),
    idleTimeoutSec: balancer.number("idle_timeout"),
    clientKeepAliveSec: balancer.number("client_keep_alive"),
    xffHeaderProcessingMode: balancer.oneOf("xff_header_processing_mode", XFF_MODES),
  };
}

/** By its default action, or by one of its rules. */
function forwardingListener(resources: AppliedResources, targetGroupArn: string): Attributes {
  const listeners = resources.all("aws_lb_listener");
  const direct = listeners.find((listener) => forwardsTo(listener.blocks("default_action"), targetGroupArn));
  if (direct) return direct;
  const rule = resources
    .all("aws_lb_listener_rule")
    .find((candidate) => forwardsTo(candidate.blocks("action"), targetGroupArn));
  if (rule) return resources.by("aws_lb_listener", "arn", rule.text("listener_arn"));
  throw new TwinError(`aws_lb_listener: expected one that forwards to ${targetGroupArn}, found none.`);
}

function forwardsTo(actions: readonly Attributes[], targetGroupArn: string): boolean {
  return actions.some((action) => {
    const weighted = action.blocks("forward").flatMap((forward) => forward.blocks("target_group"));
    const arns = [action.optionalText("target_group_arn"), ...weighted.map((group) => group.optionalText("arn"))];
    return arns.includes(targetGroupArn);
  });
}

function readTargetGroup(group: Attributes): TargetGroup {
  const check = group.block("health_check");
  return {
    deregistrationDelaySec: group.number("deregistration_delay"),
    algorithm: group.oneOf("load_balancing_algorithm_type", ALGORITHMS),
    slowStartSec: group.number("slow_start"),
    stickiness: readStickiness(group.block("stickiness")),
    healthCheck: {
      path: check.text("path"),
      intervalSec: check.number("interval"),
      timeoutSec: check.number("timeout"),
      healthyThreshold: check.number("healthy_threshold"),
      unhealthyThreshold: check.number("unhealthy_threshold"),
      matcher: check.text("matcher"),
    },
  };
}

function readStickiness(block: Attributes): Stickiness {
  if (!block.flag("enabled")) return { kind: "off" };
  const durationSec = block.number("cookie_duration");
  return block.oneOf("type", ["lb_cookie", "app_cookie"]) === "lb_cookie"
    ? { kind: "lb_cookie", durationSec }
    : { kind: "app_cookie", durationSec, cookieName: block.text("cookie_name") };
}

function readService(service: Attributes, target: Attributes): Service {
  const [breaker] = service.blocks("deployment_circuit_breaker");
  return {
    desiredCount: service.number("desired_count"),
    minimumHealthyPercent: service.number("deployment_minimum_healthy_percent"),
    maximumPercent: service.number("deployment_maximum_percent"),
    gracePeriodSec: service.optionalNumber("health_check_grace_period_seconds") ?? 0,
    circuitBreaker: { enabled: breaker?.flag("enable") ?? false, rollback: breaker?.flag("rollback") ?? false },
    containerName: target.text("container_name"),
    containerPort: target.number("container_port"),
  };
}

function readScaling(resources: AppliedResources, service: Attributes): Scaling | undefined {
  const suffix = `/${service.text("name")}`;
  const target = resources
    .all("aws_appautoscaling_target")
    .find(
      (candidate) =>
        candidate.text("scalable_dimension") === "ecs:service:DesiredCount" &&
        candidate.text("resource_id").endsWith(suffix),
    );
  return target && { minCount: target.number("min_capacity"), maxCount: target.number("max_capacity") };
}

function readTask(definition: Attributes): TaskDefinition {
  return {
    family: definition.text("family"),
    revision: definition.number("revision"),
    cpu: definition.number("cpu"),
    memoryMiB: definition.number("memory"),
    containers: readContainers(definition),
  };
}

/** An instance or the Aurora cluster; a service without one is fine. */
function readDatabase(resources: AppliedResources): Database | undefined {
  const instance = resources.all("aws_db_instance")[0];
  const cluster = resources.all("aws_rds_cluster")[0];
  const database = instance ?? cluster;
  if (database === undefined) return undefined;
  const [secret] = database.blocks("master_user_secret");
  return {
    engine: database.text("engine"),
    engineVersion: database.text("engine_version"),
    host: database.text(instance ? "address" : "endpoint"),
    port: database.number("port"),
    name: database.text(instance ? "db_name" : "database_name"),
    masterUser: database.text(instance ? "username" : "master_username"),
    masterSecretArn: secret?.text("secret_arn"),
  };
}

function readCache(resources: AppliedResources): Cache | undefined {
  const user = resources.all("aws_elasticache_user").find((candidate) => candidate.text("user_name") !== "default");
  const accessString = user?.text("access_string");
  const group = resources.all("aws_elasticache_replication_group")[0];
  if (group) {
    if (group.flag("cluster_enabled")) throw group.wrong("cluster_enabled", "false: the twin runs one Redis");
    return {
      engine: group.text("engine"),
      engineVersion: group.text("engine_version"),
      host: group.text("primary_endpoint_address"),
      port: group.number("port"),
      tls: group.flag("transit_encryption_enabled"),
      accessString,
    };
  }
  const serverless = resources.all("aws_elasticache_serverless_cache")[0];
  if (serverless === undefined) return undefined;
  const endpoint = serverless.block("endpoint");
  return {
    engine: serverless.text("engine"),
    engineVersion: serverless.text("major_engine_version"),
    host: endpoint.text("address"),
    port: endpoint.number("port"),
    tls: true,
    accessString,
  };
}
