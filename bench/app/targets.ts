import { type Sample } from "./measure";

export interface Target {
  readonly metric: keyof Sample;
  readonly label: string;
  /** Maximum of the median ratio of app to bare server. */
  readonly atMost: number;
}

export const TARGETS: readonly Target[] = [
  { metric: "cpuPerMessageUs", label: "server CPU per message, 4 deliveries over 2 processes", atMost: 1.5 },
  { metric: "ackP50Ms", label: "acknowledgement, p50", atMost: 1.5 },
  { metric: "memoryPerConnection", label: "memory per idle connection", atMost: 1.3 },
  { metric: "cpuPerHandshakeUs", label: "server CPU per handshake, ticket check included", atMost: 1.5 },
];

/** Idle connections that the image must hold with the size of Fargate's smallest task. */
export const IDLE_CONNECTIONS = 2000;
