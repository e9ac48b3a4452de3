import { type ServiceTarget } from "../../modules/alb-websocket";
import { type MetricRef } from "../../modules/fargate-service";
import { type MonitoredApp, RollbackAlarms } from "../../modules/monitoring";
import { type ServiceContext } from "../service-context";
import { type ComputeProps } from "./compute";
import { monitoredLoadBalancer } from "./load-balancer-target";

/** Returns the metrics that a container of the application reports. */
export function monitoredApp({ name, contract }: ServiceContext): MonitoredApp {
  const { namespace, dimension } = contract.metrics;
  const { metrics, redis } = contract.container;
  return {
    namespace,
    dimensions: { [dimension]: name },
    metrics: metrics.names,
    intervalSec: metrics.intervalSec,
    cacheConnectionsPerTask: redis.connectionsPerTask,
  };
}

/** Returns the metric that autoscaling tracks: open connections of a task. */
export function connectionMetric({ name, contract }: ServiceContext): MetricRef {
  const { namespace, dimension, names } = contract.metrics;
  return { namespace, metricName: names.openConnections, dimensions: { [dimension]: name } };
}

/** Creates the alarms that roll a deployment back. */
export function createRollbackAlarms(props: ComputeProps, target: ServiceTarget): RollbackAlarms {
  return new RollbackAlarms(props.stack, "rollback-alarms", {
    name: props.name,
    loadBalancer: monitoredLoadBalancer(props, target),
    app: monitoredApp(props),
    alarmTopicArn: props.alarmTopicArn,
    runbookUrl: props.environment.alarms.runbookUrl,
  });
}
