import { defineCheck } from "../check";
import { type Problem } from "../finding";

/** States in which a database answers. Source: RDS user guide, "Viewing Amazon RDS DB instance status". */
const USABLE = [
  "available",
  "backing-up",
  "configuring-enhanced-monitoring",
  "configuring-iam-database-auth",
  "configuring-log-exports",
  "modifying",
  "storage-optimization",
  "storage-config-upgrade",
  "storage-initialization",
  "upgrading",
];

/** Every message is stored before it is acknowledged. */
export const database = defineCheck({
  name: "database",
  expects: "the tasks use this environment's database, and it is available",
  read: async (account) => {
    const { revision } = await account.running();
    return { revision, url: await account.databaseUrl(), found: await account.database() };
  },
  judge: ({ revision, url: { host }, found }): Problem[] => {
    const impact = "No message is acknowledged, nobody can sign in, and new tasks end in the migration.";
    if (found === undefined) {
      return [
        {
          severity: "error",
          what: `No database of this account and region has the address ${host}.`,
          evidence: `revision ${revision}: DATABASE_URL is at ${host}; no instance, cluster or proxy of RDS has it`,
          impact,
          remedy:
            "The database was replaced, or the variable is wrong: run `make deploy`, which sets the present address.",
        },
      ];
    }
    if (USABLE.includes(found.status)) return [];
    return [
      {
        severity: "error",
        what: `The database ${found.id} is ${found.status}.`,
        evidence: `RDS: ${found.id} ${found.status}`,
        impact,
        remedy: `aws rds describe-events --source-type db-instance --source-identifier ${found.id} says why. See the runbook database-failover.`,
      },
    ];
  },
});
