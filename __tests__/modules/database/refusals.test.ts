import { Token } from "cdktf";
import { Database, type DatabaseProps } from "../../../modules/database";
import { refusal } from "../../helpers/refusal";
import { refused } from "./make";

const line = (text: string) => `[test/database] ${text}`;

describe("database refuses", () => {
  const cases: [string, Partial<DatabaseProps>, string][] = [
    [
      "PostgreSQL by another name",
      { engine: "postgresql" as never },
      'engine: expected one of postgres, mysql, aurora-postgresql, aurora-mysql, got "postgresql". Use AWS\'s name in lower case, such as "postgres" for PostgreSQL on RDS. It decides what is synthesized, so it must be a literal.',
    ],
    [
      "a version nobody sells",
      { engineVersion: "99" },
      'engineVersion: expected a literal version of postgres: 14, 15, 16, 17, 18, alone or with a minor version, got "99". Other versions are billed for Extended Support or do not exist. The major version selects the parameter group.',
    ],
    [
      "MySQL out of standard support",
      { engine: "mysql", engineVersion: "8.0" },
      'engineVersion: expected a literal version of mysql: 8.4, alone or with a minor version, got "8.0". Other versions are billed for Extended Support or do not exist. The major version selects the parameter group.',
    ],
    [
      "a class without its prefix",
      { instanceClass: "t4g.micro" },
      'instanceClass: expected a class of RDS instances, such as db.t4g.micro or db.m7g.large, got "t4g.micro". Names begin with db., and only burstable families have micro and small.',
    ],
    [
      "a size that its family has not",
      { instanceClass: "db.m7g.micro" },
      'instanceClass: expected a class of RDS instances, such as db.t4g.micro or db.m7g.large, got "db.m7g.micro". Names begin with db., and only burstable families have micro and small.',
    ],
    [
      "a retired family",
      { instanceClass: "db.t2.micro" },
      'instanceClass: expected an instance family that AWS still offers, got "db.t2.micro". Use db.t4g instead.',
    ],
    [
      "Performance Insights where MySQL has none",
      { engine: "mysql", performanceInsights: true },
      "performanceInsights: expected nothing with mysql on db.t4g.micro, got true. MySQL supports Performance Insights from db.t4g.medium up.",
    ],
    [
      "the advanced insights without Performance Insights",
      { databaseInsights: "advanced", performanceInsights: false },
      "performanceInsights: expected true with databaseInsights advanced, got false. The advanced mode requires Performance Insights.",
    ],
    [
      "a disk too small",
      { allocatedStorageGiB: 5 },
      "allocatedStorageGiB: expected a whole number from 20 to 65536 GiB, got 5. That is the range of gp3.",
    ],
    [
      "a ceiling below the storage",
      { allocatedStorageGiB: 100, maxAllocatedStorageGiB: 109 },
      "maxAllocatedStorageGiB: expected at least 110 GiB, a tenth above allocatedStorageGiB, got 109. RDS accepts no lower limit; omit it for twice the allocated storage.",
    ],
    [
      "gp9",
      { storageType: "gp9" as never },
      'storageType: expected one of gp3, io2, got "gp9". gp2 and io1 are the previous generation and cost more for the same.',
    ],
    [
      "io2 without IOPS",
      { storageType: "io2", allocatedStorageGiB: 100 },
      "iops: expected a value, got nothing. io2 has no default: set iops.",
    ],
    [
      "IOPS on a small gp3",
      { iops: 12_000 },
      "iops: expected nothing below 400 GiB of gp3, got 12000. A smaller gp3 volume always has 3,000 IOPS and 125 MiB/s.",
    ],
    [
      "more IOPS than the storage carries",
      { storageType: "io2", allocatedStorageGiB: 100, iops: 200_000 },
      "iops: expected at most 100000 (1000 per GiB), got 200000. Allocate more storage or lower iops.",
    ],
    [
      "more throughput than the IOPS carry",
      { allocatedStorageGiB: 500, throughputMiBps: 4_000 },
      "throughputMiBps: expected at most 3000 (a quarter of the IOPS), got 4000. Raise iops or lower throughputMiBps.",
    ],
    [
      "a port that RDS does not take",
      { port: 80 },
      "port: expected a whole number from 1150 to 65535, got 80. RDS accepts no port below 1150.",
    ],
    [
      "backups switched off",
      { backupRetentionDays: 0 },
      "backupRetentionDays: expected a whole number from 1 to 35 days, got 0. 0 would switch backups off and delete those that exist.",
    ],
    [
      "windows that overlap",
      { maintenanceWindow: "sun:18:30-sun:19:30" },
      'maintenanceWindow: expected a window that does not overlap backupWindow (18:00-19:00), got "sun:18:30-sun:19:30". Move one of the two: RDS refuses windows that overlap.',
    ],
    [
      "a window too short",
      { backupWindow: "18:00-18:15" },
      'backupWindow: expected a window of 30 minutes to 24 hours, got "18:00-18:15". Lengthen it, or put the end behind the start.',
    ],
    [
      "a window in local spelling",
      { backupWindow: "6pm" },
      'backupWindow: expected hh:mm-hh:mm in UTC, such as 18:00-19:00, got "6pm". Take an hour with few users; the clock is UTC.',
    ],
    [
      "a database name with a hyphen",
      { databaseName: "my-db" },
      'databaseName: expected at most 63 lower-case letters, digits and underscores, beginning with a letter, got "my-db". Use a name such as "messenger_crm".',
    ],
    [
      "a reserved database name",
      { databaseName: "postgres" },
      'databaseName: expected a name that the engine does not reserve, got "postgres". It is a reserved word or an existing system database; choose another name.',
    ],
    [
      "logs that the engine has not",
      { logExports: ["slowquery"] },
      'logExports: expected logs of postgres, each once: postgresql, upgrade, iam-db-auth-error, got "slowquery". Each log gets its own log group, so the names must be literals.',
    ],
    [
      "a log twice",
      { logExports: ["upgrade", "upgrade"] },
      'logExports: expected logs of postgres, each once: postgresql, upgrade, iam-db-auth-error, got "upgrade". Each log gets its own log group, so the names must be literals.',
    ],
    [
      "a switch that Terraform learns later, which would count as true",
      { skipFinalSnapshot: Token.asAny({ resolve: () => false, creationStack: [] }) as never },
      "skipFinalSnapshot: expected a literal true or false, got a value that is known only at apply. It decides what is synthesized, so it must be known at synth.",
    ],
    [
      "a string for a boolean",
      { multiAz: "no" as never },
      'multiAz: expected a literal true or false, got "no". It decides what is synthesized, so it must be known at synth.',
    ],
    [
      "a parameter without a value",
      { parameters: { work_mem: null as never } },
      'parameters.work_mem: expected a string, or an object with value and applyMethod, got null. Write the value as text, such as "100".',
    ],
    [
      "a parameter that does not say when",
      { parameters: { work_mem: { value: "4096" } as never } },
      "parameters.work_mem.applyMethod: expected a value, got nothing. Set one of immediate, pending-reboot; immediate is for dynamic parameters only.",
    ],
    [
      "no administrator",
      { masterUsername: "" },
      'masterUsername: expected a value, got an empty string. Use a name such as "messenger_app".',
    ],
    [
      "TLS made optional",
      { parameters: { "rds.force_ssl": "0" } },
      'parameters.rds.force_ssl: expected a parameter that the construct does not set, got "0". TLS is always required; remove the parameter.',
    ],
    [
      "a log retention that does not exist",
      { logRetentionDays: 10 as never },
      "logRetentionDays: expected one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 10. Use a value that CloudWatch Logs accepts.",
    ],
    [
      "an odd monitoring interval",
      { enhancedMonitoringIntervalSec: 20 },
      "enhancedMonitoringIntervalSec: expected one of 0, 1, 5, 10, 15, 30, 60, got 20. 0 switches it off.",
    ],
    [
      "a key that is an alias",
      { kmsKeyArn: "alias/aws/rds" },
      'kmsKeyArn: expected the ARN of a KMS key, arn:…:kms:<region>:<account>:key/<id>, got "alias/aws/rds". Pass the ARN of a KMS key, not its id or alias.',
    ],
    [
      "one subnet",
      { network: { vpcId: "vpc-0123456789abcdef0", isolatedSubnetIds: ["subnet-0123456789abcdef1"] } },
      "network.isolatedSubnetIds: expected 2 to 20, got 1 (subnet-0123456789abcdef1). A subnet group spans at least two zones, so that a standby can take over.",
    ],
    [
      "a client that is an address",
      { allowedSecurityGroups: { service: "10.0.0.0/16" } },
      'allowedSecurityGroups.service: expected an id such as sg-0123456789abcdef0, got "10.0.0.0/16". Only security groups are let in, never addresses.',
    ],
    [
      "Aurora's capacity on RDS",
      { minCapacityAcu: 1 },
      "minCapacityAcu: expected nothing with engine postgres, got 1. RDS is sized by instanceClass, multiAz, allocatedStorageGiB, maxAllocatedStorageGiB, storageType, iops, throughputMiBps, readReplicaCount, readReplicaClass, readReplicaZones.",
    ],
    [
      "storage on Aurora",
      { engine: "aurora-postgresql", allocatedStorageGiB: 20 },
      "allocatedStorageGiB: expected nothing with engine aurora-postgresql, got 20. Aurora Serverless v2 is sized by minCapacityAcu, maxCapacityAcu, instanceCount.",
    ],
    [
      "a floor above the ceiling",
      { engine: "aurora-postgresql", minCapacityAcu: 8 },
      "maxCapacityAcu: expected at least minCapacityAcu (8), got 4. Each instance scales between the two: raise maxCapacityAcu or lower minCapacityAcu.",
    ],
    [
      "a capacity between the steps",
      { engine: "aurora-postgresql", minCapacityAcu: 0.7 },
      "minCapacityAcu: expected 0 to 256 ACU in steps of 0.5, got 0.7. One ACU is about 2 GiB of memory.",
    ],
    [
      "no instance",
      { engine: "aurora-postgresql", instanceCount: 0 },
      "instanceCount: expected a whole number from 1 to 16, got 0. A cluster has one writer and at most 15 readers.",
    ],
    [
      "a count that Terraform learns later",
      { engine: "aurora-postgresql", instanceCount: Token.asNumber("${var.count}") },
      "instanceCount: expected a literal, got a value that is known only at apply. It decides what is synthesized, so it must be known at synth.",
    ],
  ];
  it.each(cases)("%s", (_, props, message) => {
    expect(refused(props)).toEqual([line(message)]);
  });

  it.each(["MyDB", "1db", "a--b", "db-", "d_b", "a".repeat(64), ""])("%p as an identifier", (identifier) => {
    expect(refused({ identifier })).toEqual([
      line(
        `identifier: expected a literal of at most 63 lower-case letters, digits and single hyphens, beginning with a letter, got "${identifier}". Omit it to derive the identifier from the name.`,
      ),
    ]);
  });

  it.each(["rdsadmin", "admin", "postgres", "user", "pg_app", "rds_superuser", "select"])(
    "%p as the administrator",
    (name) => {
      expect(refused({ masterUsername: name })).toEqual([
        line(
          `masterUsername: expected a name that the engine does not reserve and that attackers do not try first, got "${name}". Use a name such as "dbadmin" or "messenger_app".`,
        ),
      ]);
    },
  );

  it.each(["1user", "db admin", "Admin2", "a".repeat(64)])("%p as a user name", (name) => {
    expect(refused({ masterUsername: name })[0]).toContain(
      "masterUsername: expected at most 63 lower-case letters, digits and underscores, beginning with a letter",
    );
  });

  it("a password, which has no prop", () => {
    expect(refused({ password: "correct horse" } as never)[0]).toContain(
      "[test/database] password: expected a prop that exists, got an unknown one.",
    );
  });

  it("several problems in one error", () => {
    const lines = refused({ name: "CRM", instanceClass: "huge", port: 1, backupRetentionDays: 36 });
    expect(lines.map((text) => text.split(" ")[1])).toEqual([
      "name:",
      "port:",
      "backupRetentionDays:",
      "instanceClass:",
    ]);
  });

  it.each([undefined, null, [], {}])("props of %p", (props) => {
    const lines = refusal((stack) => void new Database(stack, "database", props as never));
    expect(lines[0]).toMatch(/^\[test\/database\] (props|name): expected/);
  });
});
