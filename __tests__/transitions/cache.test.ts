import { Cache, type CacheProps } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep } from "../helpers/transitions/sweep";

const cases = sweep<CacheProps>(
  "Cache",
  (props) =>
    (scope, { name, network }) =>
      new Cache(scope, "cache", { name, network, skipFinalSnapshot: true, ...props }),
  {
    authentication: [{ kind: "none", reason: "a test" }],
    parameters: [{ "maxmemory-policy": "allkeys-lru" }],
    nodeType: ["cache.t4g.medium"],
    snapshotRetentionDays: [3],
    maintenanceWindow: ["sun:18:00-sun:19:00"],
    logRetentionDays: [90],
    autoMinorVersionUpgrade: [false],
  },
);

itChanges(cases);
