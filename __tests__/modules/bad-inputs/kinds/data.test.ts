import { Token } from "cdktf";
import { itChecks } from "./case";

itChecks(
  "windows and nodes of a cache",
  [
    [
      "a snapshot window that meets the maintenance window",
      "cache",
      { snapshotWindow: "20:00-21:00", maintenanceWindow: "sun:20:30-sun:21:30" },
      "maintenanceWindow cache/windows-overlap",
    ],
    [
      "one that meets the default maintenance window",
      "cache",
      { snapshotWindow: "21:00-22:00" },
      "maintenanceWindow cache/windows-overlap",
    ],
    [
      "a maintenance window that meets the default snapshot window",
      "cache",
      { maintenanceWindow: "wed:17:30-wed:18:30" },
      "maintenanceWindow cache/windows-overlap",
    ],
    [
      "windows that meet past midnight",
      "cache",
      { snapshotWindow: "23:30-00:30", maintenanceWindow: "mon:00:00-mon:01:00" },
      "maintenanceWindow cache/windows-overlap",
    ],
    ["90 shards with a replica each", "cache", { kind: "cluster", shards: 90, replicas: 1 }, "shards cache/node-count"],
    ["46 shards with the default replica", "cache", { kind: "cluster", shards: 46 }, "shards cache/node-count"],
    ["16 shards of 6 nodes", "cache", { kind: "cluster", shards: 16, replicas: 5 }, "shards cache/node-count"],
    ["91 shards", "cache", { kind: "cluster", shards: 91, replicas: 0 }, "shards core/out-of-range"],
  ],
  [
    ["windows that touch", "cache", { snapshotWindow: "19:30-20:30" }],
    [
      "windows that would meet, without snapshots",
      "cache",
      { snapshotWindow: "21:00-22:00", snapshotRetentionDays: 0 },
    ],
    [
      "a window that is known only at apply",
      "cache",
      () => ({ snapshotWindow: Token.asString({ resolve: () => "x" }) }),
    ],
    ["90 nodes", "cache", { kind: "cluster", shards: 15, replicas: 5 }],
    ["90 shards without replicas", "cache", { kind: "cluster", shards: 90, replicas: 0 }],
    [
      "a serverless cache, which has no maintenance window",
      "cache",
      { kind: "serverless", snapshotWindow: "21:00-22:00" },
    ],
  ],
);
