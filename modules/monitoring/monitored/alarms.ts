import { type AlarmSpec } from "../alarm";
import { type CompleteThresholds } from "../thresholds/defaults";
import { appAlarms } from "./app/alarms";
import { cacheAlarms } from "./cache/alarms";
import { databaseAlarms } from "./database/alarms";
import { loadBalancerAlarms } from "./load-balancer/alarms";
import { type Monitored } from "./props";
import { serviceAlarms } from "./service/alarms";
import { wafAlarms } from "./waf/alarms";

/** Returns the alarms of all monitored resources, as data. */
export function alarmsOf(monitored: Monitored, region: string, thresholds: CompleteThresholds): AlarmSpec[] {
  const { service, loadBalancer, database, cache, waf, app } = monitored;
  return [
    ...(loadBalancer ? loadBalancerAlarms(loadBalancer, thresholds) : []),
    ...(app ? appAlarms(app, thresholds) : []),
    ...(service ? serviceAlarms(service, thresholds) : []),
    ...(database ? databaseAlarms(database, thresholds) : []),
    ...(cache ? cacheAlarms(cache, thresholds) : []),
    ...(waf ? wafAlarms(waf, region, thresholds) : []),
  ];
}
