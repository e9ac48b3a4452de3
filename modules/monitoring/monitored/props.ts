import * as kind from "../../core/kinds";
import { APP, type MonitoredApp } from "./app/props";
import { CACHE, type MonitoredCache } from "./cache/props";
import { DATABASE, type MonitoredDatabase } from "./database/props";
import { DISTRIBUTION, type MonitoredDistribution } from "./distribution/props";
import { INSTANCES, type MonitoredInstances } from "./instances/props";
import { LOAD_BALANCER, type MonitoredLoadBalancer } from "./load-balancer/props";
import { type MonitoredService, SERVICE } from "./service/props";
import { type MonitoredWaf, WAF } from "./waf/props";

/** The resources to monitor; each is optional and may have been created outside this package. */
export interface Monitored {
  readonly service?: MonitoredService | undefined;
  /** Instances of EC2 in an Auto Scaling group. */
  readonly instances?: MonitoredInstances | undefined;
  readonly loadBalancer?: MonitoredLoadBalancer | undefined;
  readonly database?: MonitoredDatabase | undefined;
  readonly cache?: MonitoredCache | undefined;
  readonly waf?: MonitoredWaf | undefined;
  readonly app?: MonitoredApp | undefined;
  /** A CloudFront distribution. Its metrics are in us-east-1, so the topic and the provider must be of that region. */
  readonly distribution?: MonitoredDistribution | undefined;
  /** ARNs of ACM certificates of the topic's region, by a name for their alarms: `{ site: … }`. */
  readonly certificates?: Readonly<Record<string, string>> | undefined;
}

/** The fields that are read from each resource. */
export const MONITORED: kind.Shape<Monitored> = {
  service: SERVICE,
  instances: INSTANCES,
  loadBalancer: LOAD_BALANCER,
  database: DATABASE,
  cache: CACHE,
  waf: WAF,
  app: APP,
  distribution: DISTRIBUTION,
  certificates: kind.record(kind.string),
};
