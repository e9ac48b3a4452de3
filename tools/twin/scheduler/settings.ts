import { type Service, type TargetGroup } from "../topology/topology";

/** The settings of a service that AWS changes in place. */
export type ServiceSettings = Pick<
  Service,
  "minimumHealthyPercent" | "maximumPercent" | "gracePeriodSec" | "circuitBreaker"
> &
  Pick<TargetGroup, "deregistrationDelaySec">;
