import { type AlbWebsocket, type ServiceTarget } from "../../modules/alb-websocket";
import { type MonitoredLoadBalancer } from "../../modules/monitoring";
import { type ServiceContext } from "../service-context";

/** Adds the target group of the application's containers to the load balancer. */
export function createTarget({ contract }: ServiceContext, alb: AlbWebsocket): ServiceTarget {
  const { port, health, http, socket } = contract.container;
  return alb.addService("app", {
    containerPort: port,
    keepAliveTimeoutSec: http.keepAliveTimeoutSec,
    healthCheck: { path: health.path },
    transports: socket.transports,
  });
}

export function monitoredLoadBalancer({ contract }: ServiceContext, target: ServiceTarget): MonitoredLoadBalancer {
  return {
    loadBalancerArnSuffix: target.loadBalancerArnSuffix,
    targets: { app: target.targetGroupArnSuffix },
    longestHeldRequestSec: contract.container.socket.heartbeat.pingIntervalSec,
  };
}
