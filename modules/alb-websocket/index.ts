export { AlbWebsocket } from "./alb-websocket";
export { type AlbAccessLogs, type AlbNetwork, type AlbWebsocketProps, type RequiredHeader } from "./props";
export {
  type DesyncMitigationMode,
  type IpAddressType,
  type SslPolicy,
  type XffHeaderProcessingMode,
} from "./load-balancer-options";
export { type AlbServiceProps, type LoadBalancingAlgorithm, type Transport } from "./alb-service-props";
export { type HealthCheck } from "./health-check";
export { type ServiceTarget } from "./service-target";
