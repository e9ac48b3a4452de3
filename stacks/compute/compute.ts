import { type Environment } from "../../environments";
import { type Database } from "../../modules/database";
import { type Monitored, type Thresholds } from "../../modules/monitoring";
import { type Network } from "../../modules/network";
import { type Entrance } from "../entrance";
import { type StackOutputs } from "../outputs";
import { type RegistryLocation } from "../registry-stack";
import { type ServiceContext } from "../service-context";

/** The values that every compute is created from. */
export interface ComputeProps<E extends Environment = Environment> extends ServiceContext<E> {
  readonly registry: RegistryLocation;
  readonly network: Network;
  readonly database: Database;
  /** Topic of the alarms that roll a deployment back. */
  readonly alarmTopicArn: string;
}

/**
 * What runs the application, as the rest of the stack reads it. It requires nothing that only some patterns have, such as a cluster, a
 * load balancer or tasks. See docs/adr/0014-compute-as-a-function.md.
 */
export interface Compute {
  /** How clients reach it: an entrance that several patterns share, or the compute's own URL. */
  readonly entrance: Entrance;
  /** The resources to monitor that this pattern creates: the service, its load balancer, its cache. */
  readonly monitored: Pick<Monitored, "service" | "instances" | "loadBalancer" | "cache" | "app">;
  /**
   * Log group of the application, in which connections are counted.
   * @default that of the monitored service
   */
  readonly logGroupName?: string | undefined;
  /**
   * Thresholds of alarms that follow from the pattern.
   * @default those of the monitoring module
   */
  readonly thresholds?: Partial<Thresholds> | undefined;
  /** Names by which people and tools find the running application and its logs: cluster and service, or what the pattern has instead. */
  readonly outputs: StackOutputs;
}
