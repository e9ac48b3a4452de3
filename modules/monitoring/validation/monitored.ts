import { type Checks } from "../../core/checks";
import { type Monitored } from "../monitored/props";
import { checkApp } from "./app";
import { checkCache } from "./cache";
import { checkDatabase } from "./database";
import { checkInstances } from "./instances";
import { checkLoadBalancer } from "./load-balancer";
import { checkService } from "./service";

export function checkMonitored(checks: Checks, monitored: Monitored): void {
  const { service, instances, loadBalancer, database, cache, waf, app } = monitored;
  if (service) checkService(checks, service);
  if (instances) checkInstances(checks, instances);
  if (loadBalancer) checkLoadBalancer(checks, loadBalancer);
  if (database) checkDatabase(checks, database);
  if (cache) checkCache(checks, cache);
  if (waf)
    checks.required("waf.webAclMetricName", waf.webAclMetricName, "Take it from the web ACL's visibility_config.");
  if (app) checkApp(checks, app);
}
