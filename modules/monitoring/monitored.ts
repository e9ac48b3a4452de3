import { type AlarmSpec } from "./alarm";
import * as kind from "../core/kinds";
import { appAlarms, type AppMetricNames, type MonitoredApp } from "./app";
import { cacheAlarms, type MonitoredCache } from "./cache";
import { databaseAlarms, type MonitoredDatabase } from "./database";
import { loadBalancerAlarms, type MonitoredLoadBalancer } from "./load-balancer";
import { type MonitoredService, serviceAlarms } from "./service";
import { type CompleteThresholds } from "./thresholds";
import { type MonitoredWaf, wafAlarms } from "./waf";

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
  service: kind.part<MonitoredService>({
    clusterName: kind.text,
    serviceName: kind.text,
    logGroupName: kind.text,
    containerInsights: kind.flag,
    minimumTaskCount: kind.number,
  }),
  loadBalancer: kind.part<MonitoredLoadBalancer>({
    loadBalancerArnSuffix: kind.text,
    targets: kind.record(kind.text),
    longestHeldRequestSec: kind.number,
  }),
  database: kind.part<MonitoredDatabase>({
    identifier: kind.text,
    isCluster: kind.flag,
    readReplicaIdentifiers: kind.list(kind.text),
    allocatedStorageGiB: kind.number,
    maxConnections: kind.number,
  }),
  cache: kind.part<MonitoredCacheParts>({ kind: kind.text, nodeIds: kind.list(kind.text), serverlessName: kind.text }),
  waf: kind.part<MonitoredWaf>({ webAclMetricName: kind.text, region: kind.text }),
  app: kind.part<MonitoredApp>({
    namespace: kind.text,
    dimensions: kind.record(kind.text),
    // Its keys are judged by a check of its own, which says what to do about other metrics.
    metrics: kind.record(kind.text) as kind.Kind<AppMetricNames>,
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
