import { type AlbServiceProps, type AlbWebsocket, type ServiceTarget } from "../../modules/alb-websocket";
import { type MonitoredLoadBalancer } from "../../modules/monitoring";
import { type ServiceContext } from "../service-context";

/**
 * Adds the target group of the application to the load balancer.
 * @param targets what differs from containers that listen on their own port
 */
export function createTarget(
  { contract }: ServiceContext,
  alb: AlbWebsocket,
  targets: Partial<Pick<AlbServiceProps, "containerPort" | "targetType">> = {},
): ServiceTarget {
  const { port, health, http, socket } = contract.container;
  return alb.addService("app", {
    containerPort: port,
    keepAliveTimeoutSec: http.keepAliveTimeoutSec,
    healthCheck: { path: health.path },
    transports: socket.transports,
    ...targets,
  });
}

export function monitoredLoadBalancer({ contract }: ServiceContext, target: ServiceTarget): MonitoredLoadBalancer {
  return {
    loadBalancerArnSuffix: target.loadBalancerArnSuffix,
    targets: { app: target.targetGroupArnSuffix },
    longestHeldRequestSec: contract.container.socket.heartbeat.pingIntervalSec,
  };
}
