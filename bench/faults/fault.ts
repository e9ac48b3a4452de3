import { type Image } from "../../tools/twin/tasks/image";
import { type Stage } from "./stage";

/** Who is there, and how much they write. */
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

/** Something that goes wrong while people talk, and is put right again. */
export interface Fault {
  /** As on the command line. */
  readonly name: string;
  /** One line for the report. */
  readonly what: string;
  /** Resolves when it is over; what it broke is whole then, or mends by itself. */
  readonly act: (stage: Stage) => Promise<void>;
  /** @default the applied one, dev's */
  readonly task?: TaskSize;
  /** @default a dozen people */
  readonly crowd?: CrowdSize;
  /** Before anybody comes. */
  readonly prepare?: (stage: Stage) => Promise<void>;
  /** What the service runs from the beginning. @default the built app */
  readonly image?: (built: Image) => Image;
  /** Tasks die by themselves because of it; else nobody may end but whom the fault ends. @default false */
  readonly deadly?: boolean;
  /** Cleans up after the twin has gone. */
  readonly afterwards?: () => Promise<void>;
}
