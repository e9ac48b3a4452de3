export { AlbWebsocket } from "./alb-websocket";
export {
  type AlbAccessLogs,
  type AlbNetwork,
  type AlbWebsocketProps,
  type RequiredHeader,
} from "./alb-websocket-props";
export {
  type DesyncMitigationMode,
  type IpAddressType,
  type SslPolicy,
  type XffHeaderProcessingMode,
} from "./listener-policy";
export {
  type AlbServiceProps,
  type HealthCheck,
  type LoadBalancingAlgorithm,
  type ServiceTarget,
  type Transport,
} from "./service-props";
