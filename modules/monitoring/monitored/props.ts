import { type AlarmSpec } from "../alarm";
import * as kind from "../../core/kinds";
import { appAlarms, type AppMetricNames, type MonitoredApp } from "./app/alarms";
import { cacheAlarms, type MonitoredCache } from "./cache/alarms";
import { databaseAlarms, type MonitoredDatabase } from "./database/alarms";
import { loadBalancerAlarms, type MonitoredLoadBalancer } from "./load-balancer/alarms";
import { type MonitoredService, serviceAlarms } from "./service/alarms";
import { type CompleteThresholds } from "../thresholds/props";
import { type MonitoredWaf, wafAlarms } from "./waf/alarms";

/** What there is to watch; every part is optional, and may be somebody else's. */
export interface Monitored {
  readonly service?: MonitoredService;
  readonly loadBalancer?: MonitoredLoadBalancer;
  readonly database?: MonitoredDatabase;
  readonly cache?: MonitoredCache;
  readonly waf?: MonitoredWaf;
  readonly app?: MonitoredApp;
}

interface MonitoredCacheParts {
  readonly kind: MonitoredCache["kind"];
  readonly nodeIds?: readonly string[];
  readonly serverlessName?: string;
}

/** What is read of each part. */
export const MONITORED: kind.Shape<Monitored> = {
  service: kind.looseObject<MonitoredService>({
    clusterName: kind.string,
    serviceName: kind.string,
    logGroupName: kind.string,
    containerInsights: kind.boolean,
    minimumTaskCount: kind.number,
  }),
  loadBalancer: kind.looseObject<MonitoredLoadBalancer>({
    loadBalancerArnSuffix: kind.string,
    targets: kind.record(kind.string),
    longestHeldRequestSec: kind.number,
  }),
  database: kind.looseObject<MonitoredDatabase>({
    identifier: kind.string,
    isCluster: kind.boolean,
    readReplicaIdentifiers: kind.array(kind.string),
    allocatedStorageGiB: kind.number,
    maxConnections: kind.number,
  }),
  cache: kind.looseObject<MonitoredCacheParts>({
    kind: kind.string,
    nodeIds: kind.array(kind.string),
    serverlessName: kind.string,
  }),
  waf: kind.looseObject<MonitoredWaf>({ webAclMetricName: kind.string, region: kind.string }),
  app: kind.looseObject<MonitoredApp>({
    namespace: kind.string,
    dimensions: kind.record(kind.string),
    // Its keys are judged by a check of its own, which says what to do about other metrics.
    metrics: kind.record(kind.string) as kind.Kind<AppMetricNames>,
    intervalSec: kind.number,
  }),
};

/** Every alarm on what there is, as data. */
export function alarmsOf(monitored: Monitored, region: string, thresholds: CompleteThresholds): AlarmSpec[] {
  const { service, loadBalancer, database, cache, waf, app } = monitored;
  return [
    ...(loadBalancer ? loadBalancerAlarms(loadBalancer, thresholds) : []),
    ...(app ? appAlarms(app, thresholds) : []),
    ...(service ? serviceAlarms(service, thresholds) : []),
    ...(database ? databaseAlarms(database, thresholds) : []),
    ...(cache ? cacheAlarms(cache, thresholds) : []),
    ...(waf ? wafAlarms(waf, waf.region ?? region, thresholds) : []),
  ];
}
