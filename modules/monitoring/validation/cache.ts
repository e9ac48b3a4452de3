import { type Checks } from "../../core/checks";
import { type MonitoredCache } from "../monitored/cache/props";
import { checkAlarmKey } from "./names";

export function checkCache(checks: Checks, cache: MonitoredCache): void {
  checks.required("cache.kind", cache.kind, 'Set it to "nodes" or "serverless".');
  checks.literalOneOf(
    "cache.kind",
    cache.kind,
    ["nodes", "serverless"],
    "Serverless caches have other metrics than nodes.",
  );
  if (cache.kind === "serverless") {
    checks.required("cache.serverlessName", cache.serverlessName, "Without it the alarms would have no metric.");
  }
  if (cache.kind !== "nodes") return;
  checks.count("cache.nodeIds", cache.nodeIds ?? [], { min: 1, max: 90 }, "Name every node, including replicas.");
  for (const nodeId of cache.nodeIds ?? []) checkAlarmKey(checks, "cache.nodeIds", nodeId);
  checks.distinct("cache.nodeIds", cache.nodeIds, "node", "Remove the repeated one.");
}
