import { Database, type DatabaseProps } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep } from "../helpers/transitions/sweep";

const cases = sweep<DatabaseProps>(
  "Database",
  (props) =>
    (scope, { name, network }) =>
      new Database(scope, "db", { name, network, deletionProtection: false, skipFinalSnapshot: true, ...props }),
  {
    backupRetentionDays: [14],
    logExports: [["postgresql"]],
    enhancedMonitoringIntervalSec: [0],
    performanceInsights: [false],
    instanceClass: ["db.t4g.medium"],
    multiAz: [true],
    readReplicaCount: [1, 2],
    logRetentionDays: [90],
  },
);

itChanges(cases);
