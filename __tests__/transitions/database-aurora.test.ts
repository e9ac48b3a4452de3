import { Database, type DatabaseProps } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep } from "../helpers/transitions/sweep";

const cases = sweep<DatabaseProps>(
  "Database",
  (props) =>
    (scope, { name, network }) =>
      new Database(scope, "db", {
        name,
        network,
        engine: "aurora-postgresql",
        deletionProtection: false,
        skipFinalSnapshot: true,
        instanceCount: 1,
        ...props,
      }),
  {
    instanceCount: [2, 3],
    minCapacityAcu: [1],
    maxCapacityAcu: [8],
    parameters: [{ log_min_duration_statement: "1000" }],
    backupRetentionDays: [14],
    enhancedMonitoringIntervalSec: [0],
    performanceInsights: [false],
    logRetentionDays: [90],
  },
);

itChanges(cases.map((one) => ({ ...one, prop: `${one.prop}, Aurora`, name: one.name.replace("database", "aurora") })));
