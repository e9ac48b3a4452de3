import { Database, type DatabaseProps } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { type Build, changes } from "../helpers/transitions/transitions";

/** With a read replica, of which RDS and the provider keep whose it is. */
const replicated =
  (props: Partial<DatabaseProps>): Build =>
  (scope, { name, network }) =>
    new Database(scope, "db", {
      name,
      network,
      deletionProtection: false,
      skipFinalSnapshot: true,
      applyImmediately: true,
      readReplicaCount: 1,
      ...props,
    });

itChanges([
  changes(
    "Database",
    "identifier, with a read replica",
    ["crm-first", replicated({ identifier: "crm-first" })],
    ["crm-second", replicated({ identifier: "crm-second" })],
  ),
  changes(
    "Database",
    "databaseName, with a read replica",
    ["app", replicated({ databaseName: "app" })],
    ["other", replicated({ databaseName: "other" })],
  ),
]);
