import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Database, type DatabaseProps, EncryptionKey } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep, together } from "../helpers/transitions/sweep";
import { type Build, changes } from "../helpers/transitions/transitions";

const fixed = { deletionProtection: false, skipFinalSnapshot: true };

const database =
  (props: Partial<DatabaseProps>): Build =>
  (scope, { name, network }) =>
    new Database(scope, "db", { name, network, multiAz: false, ...fixed, ...props });

const aurora =
  (props: Partial<DatabaseProps>): Build =>
  (scope, { name, network }) =>
    new Database(scope, "db", { name, network, engine: "aurora-postgresql", instanceCount: 1, ...fixed, ...props });

const withReplica = (props: Partial<DatabaseProps>): Build => database({ readReplicaCount: 1, ...props });

const withClient: Build = (scope, surroundings) => {
  const { name, network } = surroundings;
  const { id } = new SecurityGroup(scope, "client", { name: `${name}-client`, vpcId: network.vpcId });
  database({ allowedSecurityGroups: { client: id } })(scope, surroundings);
};

const withKey =
  (prop: "masterUserSecretKmsKeyArn" | "logsKmsKeyArn"): Build =>
  (scope, surroundings) => {
    const key = new EncryptionKey(scope, "key", {
      name: surroundings.name,
      accountId: "123456789012",
      region: "ap-northeast-1",
    });
    database({ [prop]: key.keyArn })(scope, surroundings);
  };

const striped = { allocatedStorageGiB: 400, maxAllocatedStorageGiB: 1000 };

itChanges([
  ...sweep<DatabaseProps>("Database", database, {
    port: [6432],
    databaseInsights: ["advanced"],
    parameters: [{ log_min_duration_statement: "1000" }],
    uncheckedParameters: [{ new_parameter: "1" }],
  }),
  together<DatabaseProps>("Database", database, {
    backupWindow: "20:00-21:00",
    maintenanceWindow: "mon:22:00-mon:23:00",
    deletionProtection: true,
    skipFinalSnapshot: false,
    deleteAutomatedBackups: true,
    autoMinorVersionUpgrade: false,
  }),
  changes(
    "Database",
    "allocatedStorageGiB, maxAllocatedStorageGiB, storageType, iops, throughputMiBps",
    ["20 GiB", database({})],
    ["400 GiB with more IOPS", database({ ...striped, iops: 16_000, throughputMiBps: 600 })],
    ["400 GiB of io2", database({ ...striped, storageType: "io2", iops: 16_000 })],
  ),
  changes(
    "Database",
    "readReplicaClass, readReplicaZones",
    ["the defaults", withReplica({})],
    ["another class", withReplica({ readReplicaClass: "db.t4g.small" })],
    ["a zone", withReplica({ readReplicaZones: ["ap-northeast-1c"] })],
  ),
  changes(
    "Database",
    "allowedSecurityGroups",
    ["none", database({})],
    ["a client", withClient],
    ["none, its group destroyed", database({})],
  ),
  changes(
    "Database",
    "engineVersion, allowMajorVersionUpgrade, applyImmediately",
    ["16", database({ engineVersion: "16" })],
    ["17, with both", database({ engineVersion: "17", allowMajorVersionUpgrade: true, applyImmediately: true })],
    ["17", database({ engineVersion: "17" })],
  ),
  changes(
    "Database",
    "engineVersion, allowMajorVersionUpgrade, applyImmediately, Aurora",
    ["16", aurora({ engineVersion: "16" })],
    ["17, with both", aurora({ engineVersion: "17", allowMajorVersionUpgrade: true, applyImmediately: true })],
    ["17", aurora({ engineVersion: "17" })],
  ),
  changes(
    "Database",
    "logExports, Aurora",
    ["the default", aurora({})],
    ["none", aurora({ logExports: [] })],
    ["other ones", aurora({ logExports: ["iam-db-auth-error"] })],
    ["the default", aurora({})],
  ),
  ...(["masterUserSecretKmsKeyArn", "logsKmsKeyArn"] as const).map((prop) =>
    changes("Database", prop, ["none", database({})], ["an EncryptionKey", withKey(prop)]),
  ),
]);
