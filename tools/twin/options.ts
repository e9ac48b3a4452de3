import { type Haproxy } from "./balancer/haproxy";
import { type BackingServers } from "./data/backing-servers";
import { type AddressBlock } from "./network/address-block";
import { type LocalPorts } from "./network/local-ports";
import { type ScheduledTask } from "./scheduler/scheduled-task";
import { type TwinEvent } from "./status/status";
import { type ContainerImage, type Image } from "./tasks/image";
import { type Topology } from "./topology/topology";

export interface TwinOptions {
  readonly topology: Topology;
  readonly image: Image | ContainerImage;
  /** Port of the balancer on 127.0.0.1. @default a free one */
  readonly port?: number;
  /** Where the containers' output is written, one file each. @default a folder that is removed with the twin */
  readonly logFolder?: string;
  /** Called with each event of the service. */
  readonly onEvent?: (event: TwinEvent) => void;
  /** Called with each task that has ended. */
  readonly onTaskStopped?: (task: ScheduledTask) => void;
  /** Values of secrets by ARN, for a caller that needs them, such as a load generator. @default generated */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** The running servers and addresses that a twin is made of. */
export interface TwinParts {
  readonly addresses: AddressBlock;
  readonly folder: string;
  readonly servers: BackingServers;
  readonly balancer: Haproxy;
  readonly port: number;
  /** Where the balancer reaches a task. */
  readonly taskPort: number;
  readonly ports: LocalPorts;
}

export interface DeployOptions {
  /** What is applied now. @default unchanged */
  readonly topology?: Topology;
  /** @default unchanged */
  readonly image?: Image | ContainerImage;
  /** Deploy even when nothing changed. @default false */
  readonly force?: boolean;
}
