import * as fc from "fast-check";
import { Database, type DatabaseProps } from "../../../modules/database";
import { DATABASE_ENGINES, type DatabaseEngine, MAJOR_VERSIONS } from "../../../modules/database/engine-versions";
import { ENGINE_TRAITS } from "../../../modules/database/engine-traits";
import { type Target } from "../target";
import { hostile } from "./hostile";
import { spoiled } from "./spoil";
import {
  baseName,
  key,
  keyed,
  kmsKeyArn,
  number,
  retentionDays,
  securityGroupId,
  some,
  subnetIds,
  text,
  vpcId,
  within,
} from "./values";

const parameter = text(fc.constantFrom("1", "utf8mb4", "a ${b}"));

const proxy = fc.record(
  {
    userName: text(fc.constantFrom("messenger_app", "reporter")),
    secretArn: text(fc.constant("arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm/app-AbCdEf")),
    secretKmsKeyArn: kmsKeyArn,
    maxConnectionsPercent: number(within(50, 100)),
    maxIdleConnectionsPercent: number(within(0, 50)),
    borrowTimeoutSec: number(within(0, 300)),
    idleClientTimeoutSec: number(within(60, 28_800)),
  },
  { requiredKeys: ["userName", "secretArn"] },
);

const common = (engine: DatabaseEngine) =>
  fc.record(
    {
      name: baseName,
      network: fc.record({ vpcId, isolatedSubnetIds: subnetIds(2, 4) }),
      engine: fc.constant(engine),
      engineVersion: fc.constantFrom(...MAJOR_VERSIONS[engine].map(({ major }) => major)),
      identifier: baseName,
      databaseName: text(fc.constantFrom("app", "messenger_crm", "a1")),
      masterUsername: text(fc.constantFrom("dbadmin", "crm_owner")),
      masterUserSecretKmsKeyArn: kmsKeyArn,
      port: number(within(1150, 65_535)),
      allowedSecurityGroups: keyed(key, securityGroupId, 2),
      kmsKeyArn,
      parameters: keyed(
        fc.constantFrom("work_mem", "max_connections", "log_statement"),
        fc.oneof(
          parameter,
          fc.record({ value: parameter, applyMethod: fc.constantFrom("immediate", "pending-reboot") }),
        ),
      ),
      uncheckedParameters: keyed(fc.constant("new_parameter"), parameter, 1),
      backupRetentionDays: number(within(1, 35)),
      backupWindow: fc.constantFrom("18:00-19:00", "23:45-00:30"),
      maintenanceWindow: fc.constantFrom("mon:19:30-mon:20:30", "sun:01:00-sun:01:30"),
      deletionProtection: fc.boolean(),
      skipFinalSnapshot: fc.boolean(),
      deleteAutomatedBackups: fc.boolean(),
      logExports: some(fc.constantFrom(...ENGINE_TRAITS[engine].logs), 0, 3),
      logRetentionDays: retentionDays,
      logsKmsKeyArn: kmsKeyArn,
      performanceInsights: fc.constantFrom(true, true, false),
      databaseInsights: fc.constantFrom("standard", "advanced"),
      enhancedMonitoringIntervalSec: fc.constantFrom(0, 1, 5, 60),
      autoMinorVersionUpgrade: fc.boolean(),
      allowMajorVersionUpgrade: fc.boolean(),
      applyImmediately: fc.boolean(),
      proxy,
    },
    { requiredKeys: ["name", "network", "engine"] },
  );

const instance = fc.record(
  {
    instanceClass: text(fc.constantFrom("db.t4g.medium", "db.m7g.large", "db.r7g.2xlarge")),
    multiAz: fc.boolean(),
    allocatedStorageGiB: number(within(400, 1000)),
    maxAllocatedStorageGiB: number(within(1100, 65_536)),
    storageType: fc.constant("gp3"),
    iops: number(within(12_000, 64_000)),
    throughputMiBps: number(within(500, 3000)),
    readReplicaCount: within(1, 3),
    readReplicaClass: text(fc.constantFrom("db.t4g.medium", "db.m7g.large")),
    readReplicaZones: some(fc.constantFrom("ap-northeast-1a", "ap-northeast-1c"), 1, 2),
  },
  { requiredKeys: ["readReplicaCount"] },
);

const aurora = fc.record(
  {
    minCapacityAcu: fc.constantFrom(0, 0.5, 1),
    maxCapacityAcu: number(fc.constantFrom(1, 4.5, 256)),
    instanceCount: within(1, 16),
  },
  { requiredKeys: [] },
);

const props = fc
  .constantFrom(...DATABASE_ENGINES)
  .chain((engine) => fc.tuple(common(engine), ENGINE_TRAITS[engine].isCluster ? aurora : instance))
  .map(([first, second]) => ({ ...first, ...second }));

interface Data {
  readonly props: DatabaseProps;
  readonly clients: readonly (readonly [client: string, securityGroupId: string])[];
  readonly users: readonly string[];
}

export const database: Target = {
  name: "database",
  data: fc.record({
    props: spoiled(props),
    clients: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      {
        weight: 1,
        arbitrary: fc.array(fc.tuple(fc.oneof(key, hostile), fc.oneof(securityGroupId, hostile)), { maxLength: 2 }),
      },
    ),
    users: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(fc.oneof(fc.constantFrom("messenger_app"), hostile), { maxLength: 2 }) },
    ),
  }),
  build: (stack, id, { props, clients, users }: Data) => {
    const made = new Database(stack, id, props);
    for (const [client, group] of clients) made.allowFrom(client, group);
    for (const user of users) {
      made.iamConnectStatement(user);
      made.connectionUrl(user);
      made.readerConnectionUrls(user);
    }
  },
};
