import { type AlarmSpec } from "../alarm";
import { placesOf } from "../places";
import { type CompleteThresholds } from "../thresholds/defaults";
import { appAlarms } from "./app/alarms";
import { cacheAlarms } from "./cache/alarms";
import { certificateAlarms } from "./certificates/alarms";
import { databaseAlarms } from "./database/alarms";
import { distributionAlarms } from "./distribution/alarms";
import { instanceAlarms } from "./instances/alarms";
import { loadBalancerAlarms } from "./load-balancer/alarms";
import { type Monitored } from "./props";
import { serviceAlarms } from "./service/alarms";
import { wafAlarms } from "./waf/alarms";

/** Returns the alarms of all monitored resources, as data. */
export function alarmsOf(monitored: Monitored, region: string, thresholds: CompleteThresholds): AlarmSpec[] {
  const { service, instances, loadBalancer, database, cache, waf, app, distribution, certificates } = monitored;
  const places = placesOf(monitored);
  return [
    ...(loadBalancer ? loadBalancerAlarms(loadBalancer, thresholds, places) : []),
    ...(app ? appAlarms(app, thresholds, places) : []),
    ...(service ? serviceAlarms(service, thresholds, places) : []),
    ...(instances ? instanceAlarms(instances, thresholds, places) : []),
    ...(database ? databaseAlarms(database, thresholds, places) : []),
    ...(cache ? cacheAlarms(cache, thresholds, places) : []),
    ...(waf ? wafAlarms(waf, region, thresholds, places) : []),
    ...(distribution ? distributionAlarms(distribution, thresholds) : []),
    ...certificateAlarms(certificates ?? {}, thresholds),
  ];
}
