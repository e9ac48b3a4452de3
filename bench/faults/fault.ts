import { type Image } from "../../tools/twin/tasks/image";
import { type Stage } from "./stage";

/** Number of clients and their message rate. */
export interface CrowdSize {
  readonly visitors: number;
  readonly agents: number;
  readonly ratePerSec: number;
}

/** CPU units, 1024 = 1 vCPU. */
export interface TaskSize {
  readonly cpu: number;
  readonly memoryMiB: number;
}

/** Something that is broken and repaired while clients write. */
export interface Fault {
  /** Name on the command line. */
  readonly name: string;
  /** One line for the report. */
  readonly what: string;
  /** Causes the fault. Resolves when it is repaired or repairs itself. */
  readonly act: (stage: Stage) => Promise<void>;
  /** What runs the application: tasks of ECS, or instances of EC2. @default "fargate" */
  readonly pattern?: "fargate" | "ec2";
  /** @default the applied size of dev */
  readonly task?: TaskSize;
  /** @default 12 clients */
  readonly crowd?: CrowdSize;
  /** Runs before clients connect. */
  readonly prepare?: (stage: Stage) => Promise<void>;
  /** Returns the image that the service runs at first. @default the built app */
  readonly image?: (built: Image) => Image;
  /** Whether the fault may make tasks exit unexpectedly. @default false */
  readonly deadly?: boolean;
  /** Cleans up after the twin has stopped. */
  readonly afterwards?: () => Promise<void>;
}
