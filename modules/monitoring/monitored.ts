import { type AlarmSpec } from "./alarm";
import { appAlarms, type MonitoredApp } from "./app";
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
