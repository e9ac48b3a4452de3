import { Cache, type CacheProps } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep } from "../helpers/transitions/sweep";
import { type Build, changes } from "../helpers/transitions/transitions";

const cache =
  (props: Partial<CacheProps>): Build =>
  (scope, { name, network }) =>
    new Cache(scope, "cache", { name, network, skipFinalSnapshot: true, ...props });

const cases = sweep<CacheProps>("Cache", cache, {
  authentication: [{ kind: "none", reason: "a test" }],
  parameters: [{ "maxmemory-policy": "allkeys-lru" }],
  nodeType: ["cache.t4g.medium"],
  snapshotRetentionDays: [3],
  maintenanceWindow: ["sun:18:00-sun:19:00"],
  logRetentionDays: [90],
  autoMinorVersionUpgrade: [false],
});

itChanges([
  ...cases,
  changes(
    "Cache",
    "engine",
    ["redis", cache({ engine: "redis" })],
    // Without it, the plan is refused.
    ["valkey", cache({ applyImmediately: true })],
    ["redis", cache({ engine: "redis" })],
  ),
]);
