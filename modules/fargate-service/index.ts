export { FargateService } from "./fargate-service";
export { type FargateServiceProps } from "./props";
export { type Migration } from "./migration";
export {
  type Adapter,
  type ClusterRef,
  type Connection,
  type FanOut,
  type LoadBalancerTarget,
  type MetricRef,
  type TaskNetwork,
} from "./references";
export { type SecretReference, type SecretVariables, type SecretSource } from "./secrets";
export { type ScalingSchedule, type ServiceAutoscaling } from "./service-autoscaling";
export { type SpotMix } from "./spot";
