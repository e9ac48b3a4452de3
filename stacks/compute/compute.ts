import { type Database } from "../../modules/database";
import { type Monitored } from "../../modules/monitoring";
import { type Network } from "../../modules/network";
import { type Entrance } from "../entrance";
import { type StackOutputs } from "../outputs";
import { type RegistryLocation } from "../registry-stack";
import { type ServiceContext } from "../service-context";

/** What every compute is created from. */
export interface ComputeProps extends ServiceContext {
  readonly registry: RegistryLocation;
  readonly network: Network;
  readonly database: Database;
  /** Topic of the alarms that roll a deployment back. */
  readonly alarmTopicArn: string;
}

/**
 * What runs the application, as the rest of the stack reads it. It asks for nothing that only some patterns have: no cluster, no load
 * balancer, no tasks. See docs/adr/0014-compute-as-a-function.md.
 */
export interface Compute {
  /** How clients reach it: shared with other patterns, or the compute's own URL. */
  readonly entrance: Entrance;
  /** Its own resources to monitor, and those in front of it and behind it that only this pattern has. */
  readonly monitored: Pick<Monitored, "service" | "loadBalancer" | "cache" | "app">;
  /** What a person or a tool needs to find what runs: cluster and service, or whatever the pattern has, and its logs. */
  readonly outputs: StackOutputs;
}
