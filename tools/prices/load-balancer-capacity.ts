import { egressGb, type Load, SECONDS_PER_MONTH } from "./load";

/** What one LCU carries. Source: Elastic Load Balancing pricing, Application Load Balancer. */
const LCU = { newConnectionsPerSec: 25, activeConnections: 3000, gbPerHour: 1 } as const;

/** Load balancer capacity units in use: the largest of the dimensions, not their sum. */
export function capacityUnitsAt(load: Load): number {
  const gbPerHour = egressGb(load) / (SECONDS_PER_MONTH / 3600);
  return Math.max(
    (load.newConnectionsPerSec + load.requestsPerSec) / LCU.newConnectionsPerSec,
    load.connections / LCU.activeConnections,
    gbPerHour / LCU.gbPerHour,
  );
}
