import { type Sample } from "./measure";

export interface Target {
  readonly metric: keyof Sample;
  readonly words: string;
  /** The median of the app's value against the bare server's, round by round, may not be higher. */
  readonly atMost: number;
}

export const TARGETS: readonly Target[] = [
  { metric: "cpuPerMessageUs", words: "server CPU for a message, 4 deliveries over 2 processes", atMost: 1.5 },
  { metric: "ackP50Ms", words: "acknowledgement, p50", atMost: 1.5 },
  { metric: "memoryPerConnection", words: "memory of an idle connection", atMost: 1.3 },
  { metric: "cpuPerHandshakeUs", words: "server CPU for a handshake, ticket check included", atMost: 1.5 },
];

/** What the image has to hold as Fargate's smallest task. */
export const IDLE_CONNECTIONS = 2000;
