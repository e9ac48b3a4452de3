import { Database, type DatabaseProps, Network } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep } from "../helpers/transitions/sweep";
import { type Build, changes } from "../helpers/transitions/transitions";

const database =
  (props: Partial<DatabaseProps>): Build =>
  (scope, { name, network }) =>
    new Database(scope, "db", { name, network, deletionProtection: false, skipFinalSnapshot: true, ...props });

/** A database behind RDS Proxy in as many zones, which a proxy cannot change. */
const inZones =
  (zones: number): Build =>
  (scope, surroundings) => {
    const availabilityZones = ["a", "c", "d"].map((zone) => `ap-northeast-1${zone}`);
    const { name } = surroundings;
    const all = new Network(scope, "network", { name, availabilityZones, egress: "public-ip", flowLogs: false });
    const { vpcId, isolatedSubnetIds } = all;
    const secretArn = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm/app-AbCdEf";
    const network = { vpcId, isolatedSubnetIds: isolatedSubnetIds.slice(0, zones) };
    database({ network, proxy: { userName: "crm_app", secretArn } })(scope, surroundings);
  };

const cases = sweep<DatabaseProps>("Database", database, {
  backupRetentionDays: [14],
  logExports: [["postgresql"]],
  enhancedMonitoringIntervalSec: [0],
  performanceInsights: [false],
  instanceClass: ["db.t4g.medium"],
  multiAz: [true],
  readReplicaCount: [1, 2],
  logRetentionDays: [90],
});

itChanges([
  ...cases,
  changes("Database", "network, with a proxy", ["three zones", inZones(3)], ["two zones", inZones(2)]),
]);
