import { type Checks, formatValue } from "../../core/checks";
import * as kind from "../../core/kinds";
import { withDefaults } from "../../core/props";
import { isUnresolved } from "../../core/tokens";
import { thresholdDefaults } from "../defaults";

/** Where alarms go off; every one has a default with its reason in `defaults.ts`. */
export interface Thresholds {
  readonly serviceCpuPercent?: number;
  readonly serviceMemoryPercent?: number;
  /** Requests a minute below which no error percentage is computed. */
  readonly requestFloorPerMinute?: number;
  /** 5xx that the load balancer itself answers. */
  readonly loadBalancerErrorsPerMinute?: number;
  /** Share of the app's own answers that are 5xx. */
  readonly targetErrorPercent?: number;
  /** Seconds (p99) above the time for which a healthy long-polling request is held. */
  readonly responseTimeSec?: number;
  readonly rejectedConnectionsPerMinute?: number;
  readonly databaseCpuPercent?: number;
  /** Of the allocated storage, where that is known. */
  readonly databaseFreeStoragePercent?: number;
  /** Where the allocated storage is not known. */
  readonly databaseFreeStorageGiB?: number;
  /** Of the most connections that the database takes, where that is known. */
  readonly databaseConnectionsPercent?: number;
  /** Where the most connections are not known. */
  readonly databaseConnections?: number;
  readonly databaseFreeableMemoryMiB?: number;
  readonly databaseReadLatencyMs?: number;
  readonly databaseWriteLatencyMs?: number;
  readonly databaseReplicaLagMs?: number;
  readonly cacheCpuPercent?: number;
  readonly cacheMemoryPercent?: number;
  readonly cacheEvictionsPerMinute?: number;
  readonly cacheReplicationLagSec?: number;
  readonly cacheConnections?: number;
  readonly cacheBandwidthExceededPerMinute?: number;
  readonly cacheThrottledCommandsPerMinute?: number;
  /** Requests that the web ACL blocks. */
  readonly wafBlockedPerMinute?: number;
  readonly openConnectionsPerTask?: number;
  /** p99 of the time until a sent message is acknowledged. */
  readonly ackLatencyMs?: number;
  /** p99 of the time until a message is with its receivers. */
  readonly deliveryLatencyMs?: number;
  /** p99. */
  readonly eventLoopLagMs?: number;
  /** Share of all open connections lost within five minutes. */
  readonly connectionDropPercent?: number;
  /** Open connections in all below which no drop is computed. */
  readonly connectionDropFloor?: number;
}

export type CompleteThresholds = Readonly<Required<Thresholds>>;

export const THRESHOLDS = kind.object(
  Object.fromEntries(Object.keys(thresholdDefaults).map((name) => [name, kind.number])) as kind.Shape<Thresholds>,
);

/** Part of an expression, which is text made at synth. */
const LITERAL = new Set(["requestFloorPerMinute", "connectionDropFloor"]);

export function completeThresholds(thresholds: Thresholds | undefined): CompleteThresholds {
  return withDefaults(thresholdDefaults, thresholds ?? {});
}

export function checkThresholds(checks: Checks, thresholds: CompleteThresholds): void {
  for (const [name, value] of Object.entries(thresholds)) {
    const prop = `thresholds.${name}`;
    const unknown = isUnresolved(value);
    const most = name.endsWith("Percent") ? 100 : Number.POSITIVE_INFINITY;
    checks.require(unknown || (typeof value === "number" && value >= 0 && value <= most && Number.isFinite(value)), {
      prop,
      expected: most === 100 ? "a percentage, 0 to 100" : "a number of at least 0",
      got: formatValue(value),
      remedy: "Leave it out for the default.",
    });
    checks.require(!unknown || !LITERAL.has(name), {
      prop,
      expected: "a literal number",
      got: formatValue(value),
      remedy: "It becomes part of an expression at synth.",
    });
  }
}
