import { literal } from "../../core/tokens";
import { add, multiply } from "../metric";
import { type MonitoredDatabase } from "../monitored/database/props";
import { type MonitoredInstances } from "../monitored/instances/props";
import { type Monitored } from "../monitored/props";
import { type MonitoredService } from "../monitored/service/props";
import { type CompleteThresholds, completeThresholds } from "./defaults";
import { type Thresholds } from "./props";

/** Factor on the connections that autoscaling keeps per task; the load balancer fills the emptiest task first, so tasks hardly differ. */
const CONNECTIONS_FACTOR = 1.25;

/** Factor on the Redis connections of all tasks, to tell a leak from a deployment at the highest task count. */
const CACHE_CONNECTIONS_FACTOR = 2;

/** Connections of ElastiCache itself and of people, at most. */
const OTHER_CACHE_CONNECTIONS = 50;

/** The part of what is left above the autoscaler's target at which an alarm goes off. */
const ABOVE_TARGET = 1 / 3;

/**
 * Returns all thresholds: those that are given; else, where the monitored resources state what was planned, values derived from it; else
 * the defaults.
 */
export function deriveThresholds(given: Thresholds | undefined, monitored: Monitored): CompleteThresholds {
  const complete = completeThresholds(given);
  const { service, instances, database } = monitored;
  const derived = {
    ...(service ? ofService(service) : {}),
    ...(instances ? ofInstances(instances) : {}),
    ...(database ? ofDatabase(database, complete) : {}),
    ...ofCacheConnections(monitored),
  };
  return { ...complete, ...withoutUndefined(derived), ...withoutUndefined(given ?? {}) };
}

function withoutUndefined(thresholds: Thresholds): Partial<CompleteThresholds> {
  return Object.fromEntries(Object.entries(thresholds).filter(([, value]) => value !== undefined));
}

function ofService({
  connectionsPerTask,
  targetCpuPercent,
  targetMemoryPercent,
}: Pick<MonitoredService, "connectionsPerTask" | "targetCpuPercent" | "targetMemoryPercent">): Thresholds {
  return {
    openConnectionsPerTask: connectionsPerTask && multiply(connectionsPerTask, CONNECTIONS_FACTOR),
    serviceCpuPercent: targetCpuPercent && above(targetCpuPercent),
    serviceMemoryPercent: targetMemoryPercent && above(targetMemoryPercent),
  };
}

function ofInstances({ connectionsPerProcess, targetCpuPercent }: MonitoredInstances): Thresholds {
  return ofService({ connectionsPerTask: connectionsPerProcess, targetCpuPercent });
}

/** Returns a percentage a third of the way from the autoscaler's target to 100: at a target of 70 an alarm goes off at 80. */
function above(targetPercent: number): number {
  return add(multiply(targetPercent, 1 - ABOVE_TARGET), 100 * ABOVE_TARGET);
}

function ofDatabase(database: MonitoredDatabase, thresholds: CompleteThresholds): Thresholds {
  const { maxConnections, memoryGiB, allocatedStorageGiB, proxy } = database;
  const { databaseConnectionsPercent, databaseFreeableMemoryPercent } = thresholds;
  const storagePercent = growsByItself(database)
    ? thresholds.databaseFreeGrowingStoragePercent
    : thresholds.databaseFreeStoragePercent;
  return {
    databaseConnections: maxConnections && multiply(maxConnections, databaseConnectionsPercent / 100),
    databaseFreeableMemoryMiB: memoryGiB && multiply(memoryGiB, (1024 * databaseFreeableMemoryPercent) / 100),
    databaseFreeStorageGiB: allocatedStorageGiB && multiply(allocatedStorageGiB, storagePercent / 100),
    databaseProxyBorrowMs: borrowMs(literal(proxy?.borrowTimeoutSec), thresholds),
  };
}

/** Returns half of the borrow timeout where that is less than the default: no client waits longer than the timeout. */
function borrowMs(timeoutSec: number | undefined, { databaseProxyBorrowMs }: CompleteThresholds): number | undefined {
  return timeoutSec === undefined ? undefined : Math.min(databaseProxyBorrowMs, 500 * timeoutSec);
}

/** Whether RDS adds storage before it is full. */
function growsByItself({ allocatedStorageGiB, maxAllocatedStorageGiB }: MonitoredDatabase): boolean {
  const [now, most] = [literal(allocatedStorageGiB), literal(maxAllocatedStorageGiB)];
  return now !== undefined && most !== undefined && most > now;
}

function ofCacheConnections({ service, app }: Monitored): Thresholds {
  if (!service?.maxCount || !app?.cacheConnectionsPerTask) return {};
  const mostTasks = multiply(service.maxCount, (service.maximumPercent ?? 200) / 100);
  const planned = multiply(mostTasks, app.cacheConnectionsPerTask * CACHE_CONNECTIONS_FACTOR);
  return { cacheConnections: add(planned, OTHER_CACHE_CONNECTIONS) };
}
