import { type MonitoredDatabase } from "./monitored/database/props";
import { type MonitoredInstances } from "./monitored/instances/props";
import { type Monitored } from "./monitored/props";
import { type MonitoredService } from "./monitored/service/props";

/** A place where the person on call finds the cause, as the description of an alarm names it; `undefined` when it does not exist. */
export type Place = (dashboardName: string | undefined) => string | undefined;

/** Places by what they show; a list is empty when nothing of the kind was given to Monitoring. */
export interface Places {
  /** What the tasks logged. */
  readonly taskLogs: readonly Place[];
  /** Why tasks stopped or did not start. */
  readonly taskEvents: readonly Place[];
  /** What the processes of the instances logged. */
  readonly instanceLogs: readonly Place[];
  /** Why the group launched and ended instances. */
  readonly groupActivities: readonly Place[];
  /** What the database is busy with. */
  readonly databaseLoad: readonly Place[];
  /** The slow commands of the cache. */
  readonly cacheCommands: readonly Place[];
  /** The requests that the web ACL blocked, with the rule that did. */
  readonly blockedRequests: readonly Place[];
}

export function placesOf({ service, instances, database, cache, waf }: Monitored): Places {
  return {
    taskLogs: logGroup(service?.logGroupName),
    taskEvents: service ? [eventsOf(service)] : [],
    instanceLogs: logGroup(instances?.logGroupName),
    groupActivities: instances ? [activitiesOf(instances)] : [],
    databaseLoad: database ? loadOf(database) : [],
    cacheCommands: cache?.kind === "nodes" ? logGroup(cache.slowLogGroupName) : [],
    blockedRequests: logGroup(waf?.logGroupName),
  };
}

/** A graph of the dashboard. @param heading the heading above it; none for the numbers at the top */
export function graph(heading: string | undefined, title: string): Place {
  const path = heading === undefined ? title : `${heading}, ${title}`;
  return (dashboardName) => (dashboardName === undefined ? undefined : `dashboard ${dashboardName}: ${path}`);
}

export function logGroup(name: string | undefined): readonly Place[] {
  return name === undefined ? [] : [place(`log group ${name}`)];
}

export function targetHealth(targetGroupArnSuffix: string): Place {
  return place(`health of the targets of ${targetGroupArnSuffix}`);
}

export function certificate(arn: string): Place {
  return place(`certificate ${arn} in ACM`);
}

export function distribution(id: string): Place {
  return place(`distribution ${id}`);
}

export function databaseEvents(identifier: string): Place {
  return place(`events of database ${identifier}`);
}

function eventsOf({ clusterName, serviceName }: MonitoredService): Place {
  return place(`events and stopped tasks of ECS service ${serviceName} in cluster ${clusterName}`);
}

function activitiesOf({ autoScalingGroupName }: MonitoredInstances): Place {
  return place(`activity of Auto Scaling group ${autoScalingGroupName}`);
}

function loadOf({ identifier, performanceInsights }: MonitoredDatabase): readonly Place[] {
  return performanceInsights ? [place(`Performance Insights of ${identifier}`)] : [];
}

function place(text: string): Place {
  return () => text;
}
