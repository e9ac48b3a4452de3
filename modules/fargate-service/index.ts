export { FargateService } from "./fargate-service";
export { type FargateServiceProps } from "./props";
export { type Migration } from "../ecs/migration";
export {
  type Adapter,
  type ClusterRef,
  type ConnectionTarget,
  type FanOutProps,
  type LoadBalancerTarget,
  type MetricRef,
  type TaskNetwork,
} from "../ecs/references";
export { type SecretReference, type SecretVariables, type SecretSource } from "../ecs/secrets";
export { type ScalingSchedule, type ServiceAutoscaling } from "../ecs/autoscaling-props";
export { type Sidecar, type Sidecars } from "../ecs/sidecars";
export { type ServiceKind } from "../ecs/service-kind";
export { type SpotMix } from "./spot";
