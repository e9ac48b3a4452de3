import { TerraformOutput, TerraformVariable } from "cdktf";
import { Database } from "../../../modules/database";
import { ConfigurationError } from "../../../modules/core/configuration-error";
import { synthesize } from "../../helpers/synth";
import { parsed } from "../../helpers/template";
import { database, KEEPS_VERSION_17, minimal } from "./make";

const KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/8e7d3b62-5f0a-4a43-9f2b-0d6a3c1f9b11";

describe("database with its defaults", () => {
  const template = database();

  it("creates exactly these resources", () => {
    expect(template.counts()).toEqual({
      aws_cloudwatch_log_group: 2,
      aws_db_instance: 1,
      aws_db_parameter_group: 1,
      aws_db_subnet_group: 1,
      aws_iam_role: 1,
      aws_iam_role_policy_attachment: 1,
      aws_security_group: 1,
    });
  });

  it("is PostgreSQL with a standby, encrypted, backed up and protected from deletion", () => {
    expect(template.only("aws_db_instance")).toEqual({
      allocated_storage: 20,
      allow_major_version_upgrade: false,
      apply_immediately: false,
      auto_minor_version_upgrade: true,
      backup_retention_period: 7,
      backup_window: "18:00-19:00",
      copy_tags_to_snapshot: true,
      db_name: "app",
      db_subnet_group_name: expect.stringContaining("aws_db_subnet_group.database_subnet-group") as unknown,
      delete_automated_backups: false,
      deletion_protection: true,
      depends_on: expect.arrayContaining([
        expect.stringContaining("aws_cloudwatch_log_group.database_postgresql-log-group"),
        expect.stringContaining("aws_cloudwatch_log_group.database_upgrade-log-group"),
        expect.stringContaining("aws_iam_role_policy_attachment."),
      ]) as unknown,
      enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"],
      engine: "postgres",
      engine_version: "17",
      final_snapshot_identifier: "crm-dev-db-final",
      iam_database_authentication_enabled: true,
      identifier: "crm-dev-db",
      instance_class: "db.t4g.micro",
      lifecycle: { postcondition: [{ condition: KEEPS_VERSION_17, error_message: expect.any(String) as unknown }] },
      maintenance_window: "sun:19:30-sun:20:30",
      manage_master_user_password: true,
      max_allocated_storage: 100,
      monitoring_interval: 60,
      monitoring_role_arn: expect.stringContaining("aws_iam_role.database_monitoring-role") as unknown,
      multi_az: true,
      parameter_group_name: expect.stringContaining("aws_db_parameter_group.") as unknown,
      performance_insights_enabled: true,
      performance_insights_retention_period: 7,
      port: 5432,
      publicly_accessible: false,
      skip_final_snapshot: false,
      storage_encrypted: true,
      storage_type: "gp3",
      tags: { Name: "crm-dev-db" },
      username: "dbadmin",
      vpc_security_group_ids: [expect.stringContaining("aws_security_group.") as unknown],
    });
  });

  it("forces TLS in a parameter group whose name does not collide with the next major version's", () => {
    expect(template.only("aws_db_parameter_group")).toEqual({
      name: "crm-dev-db-postgres17",
      family: "postgres17",
      description: "Forces TLS, family postgres17",
      parameter: [{ name: "rds.force_ssl", value: "1", apply_method: "pending-reboot" }],
      lifecycle: { create_before_destroy: true },
      tags: { Name: "crm-dev-db-postgres17" },
    });
  });

  it("creates log groups with a retention under the names that RDS writes to", () => {
    const lifecycle = { create_before_destroy: true };
    expect(template.resources("aws_cloudwatch_log_group")).toEqual({
      "database/postgresql-log-group": {
        name: "/aws/rds/instance/crm-dev-db/postgresql",
        retention_in_days: 30,
        lifecycle,
      },
      "database/upgrade-log-group": { name: "/aws/rds/instance/crm-dev-db/upgrade", retention_in_days: 30, lifecycle },
    });
  });

  it("creates a security group without rules", () => {
    expect(template.only("aws_security_group")).toEqual({
      name: "crm-dev-db",
      description: "Database: only the named security groups, only its port",
      vpc_id: "vpc-0123456789abcdef0",
      tags: { Name: "crm-dev-db" },
    });
  });

  it("allows only enhanced monitoring to assume the monitoring role", () => {
    expect(parsed(template.only("aws_iam_role")["assume_role_policy"])).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { Service: "monitoring.rds.amazonaws.com" }, Action: "sts:AssumeRole" },
      ],
    });
    expect(template.only("aws_iam_role_policy_attachment")["policy_arn"]).toMatch(
      /^arn:\$\{element\(split\(":", aws_security_group\.[\w-]+\.arn\), 1\)\}:iam::aws:policy\/service-role\/AmazonRDSEnhancedMonitoringRole$/,
    );
  });

  it("sets neither a password nor a certificate authority", () => {
    const names = Object.keys(template.only("aws_db_instance"));
    expect(names.filter((name) => /^password|^ca_cert/.test(name))).toEqual([]);
  });
});

describe("MySQL", () => {
  it("forces TLS with MySQL's parameter and logs slow statements to a file", () => {
    const template = database({ engine: "mysql" });
    expect(template.only("aws_db_parameter_group")).toMatchObject({
      name: "crm-dev-db-mysql8-4",
      family: "mysql8.4",
      parameter: [
        { name: "slow_query_log", value: "1", apply_method: "pending-reboot" },
        { name: "long_query_time", value: "1", apply_method: "pending-reboot" },
        { name: "log_output", value: "FILE", apply_method: "pending-reboot" },
        { name: "require_secure_transport", value: "1", apply_method: "pending-reboot" },
      ],
    });
    expect(template.only("aws_db_instance")).toMatchObject({
      engine: "mysql",
      engine_version: "8.4",
      port: 3306,
      enabled_cloudwatch_logs_exports: ["error", "slowquery"],
    });
  });

  it("enables Performance Insights only on classes that support it", () => {
    const enabled = (instanceClass: string) =>
      database({ engine: "mysql", instanceClass }).only("aws_db_instance")["performance_insights_enabled"];
    expect(["db.t4g.micro", "db.t4g.small", "db.t4g.medium", "db.m7g.large"].map(enabled)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it("leaves the slow log alone when it is not exported", () => {
    const group = database({ engine: "mysql", logExports: ["error"] }).only("aws_db_parameter_group");
    expect(group["parameter"]).toEqual([
      { name: "require_secure_transport", value: "1", apply_method: "pending-reboot" },
    ]);
  });
});

describe("options", () => {
  const instance = (props: Parameters<typeof database>[0]) => database(props).only("aws_db_instance");

  it("encrypts everything with the given keys", () => {
    const template = database({ kmsKeyArn: KEY, logsKmsKeyArn: KEY, masterUserSecretKmsKeyArn: KEY });
    expect(template.only("aws_db_instance")).toMatchObject({
      kms_key_id: KEY,
      performance_insights_kms_key_id: KEY,
      master_user_secret_kms_key_id: KEY,
    });
    const groups = Object.values(template.resources("aws_cloudwatch_log_group"));
    expect(groups.map((group) => group["kms_key_id"])).toEqual([KEY, KEY]);
  });

  it("drops the final snapshot and the deletion protection, if configured", () => {
    const made = instance({ skipFinalSnapshot: true, deletionProtection: false });
    expect(made).toMatchObject({ skip_final_snapshot: true, deletion_protection: false });
    expect(made).not.toHaveProperty("final_snapshot_identifier");
  });

  it("creates no role when enhanced monitoring is off", () => {
    const template = database({ enhancedMonitoringIntervalSec: 0 });
    expect(template.count("aws_iam_role")).toBe(0);
    expect(template.only("aws_db_instance")).toMatchObject({ monitoring_interval: 0 });
    expect(template.only("aws_db_instance")).not.toHaveProperty("monitoring_role_arn");
  });

  it("keeps 15 months with the advanced mode of Database Insights", () => {
    expect(instance({ databaseInsights: "advanced" })).toMatchObject({
      database_insights_mode: "advanced",
      performance_insights_enabled: true,
      performance_insights_retention_period: 465,
    });
  });

  it("raises the autoscaling limit with the storage", () => {
    expect(instance({ allocatedStorageGiB: 200 })).toMatchObject({ max_allocated_storage: 400 });
    expect(instance({ allocatedStorageGiB: 200, maxAllocatedStorageGiB: 220 })).toMatchObject({
      max_allocated_storage: 220,
    });
  });

  it("passes on IOPS and throughput of a large volume", () => {
    expect(instance({ allocatedStorageGiB: 400, iops: 16_000, throughputMiBps: 1_000 })).toMatchObject({
      iops: 16_000,
      storage_throughput: 1_000,
    });
    expect(instance({ storageType: "io2", allocatedStorageGiB: 100, iops: 3_000 })).toMatchObject({
      storage_type: "io2",
      iops: 3_000,
    });
  });

  it("adds parameters, each with its apply method, and escapes template syntax", () => {
    const group = database({
      parameters: {
        log_min_duration_statement: { value: "1000", applyMethod: "immediate" },
        shared_preload_libraries: "pg_stat_statements",
        application_name: "${x}",
      },
    }).only("aws_db_parameter_group");
    expect(group["parameter"]).toEqual([
      { name: "log_min_duration_statement", value: "1000", apply_method: "immediate" },
      { name: "shared_preload_libraries", value: "pg_stat_statements", apply_method: "pending-reboot" },
      { name: "application_name", value: "$${x}", apply_method: "pending-reboot" },
      { name: "rds.force_ssl", value: "1", apply_method: "pending-reboot" },
    ]);
  });

  it("accepts a minor version and picks the family of its major version", () => {
    const template = database({ engineVersion: "16.11" });
    expect(template.only("aws_db_instance")["engine_version"]).toBe("16.11");
    expect(template.only("aws_db_parameter_group")["family"]).toBe("postgres16");
  });

  it("derives every name from a given identifier", () => {
    const template = database({ identifier: "legacy", logExports: ["postgresql"] });
    expect(template.only("aws_db_instance")).toMatchObject({
      identifier: "legacy",
      final_snapshot_identifier: "legacy-final",
    });
    expect(template.only("aws_cloudwatch_log_group")["name"]).toBe("/aws/rds/instance/legacy/postgresql");
  });
});

describe("clients", () => {
  it("are allowed by security group on the engine's port only", () => {
    const template = database({ allowedSecurityGroups: { service: "sg-0123456789abcdef0" } }, (made) =>
      made.allowFrom("bastion", "sg-0123456789abcdef1"),
    );
    expect(template.resources("aws_vpc_security_group_ingress_rule")).toEqual({
      "database/ingress-service": {
        security_group_id: expect.stringContaining("aws_security_group.database_security-group") as unknown,
        description: "From service",
        referenced_security_group_id: "sg-0123456789abcdef0",
        ip_protocol: "tcp",
        from_port: 5432,
        to_port: 5432,
        tags: { Name: "service" },
        lifecycle: { create_before_destroy: true },
      },
      "database/ingress-bastion": expect.objectContaining({
        referenced_security_group_id: "sg-0123456789abcdef1",
      }) as unknown,
    });
    expect(template.count("aws_vpc_security_group_egress_rule")).toBe(0);
  });

  it("have one rule each", () => {
    database({ allowedSecurityGroups: { service: "sg-0123456789abcdef0" } }, (made) => {
      expect(() => made.allowFrom("service", "sg-0123456789abcdef1")).toThrow(
        '[test/database] allowFrom: expected a name that is not taken, got "service". Each client has one rule.',
      );
    });
  });

  it("may connect as a database user with IAM, by the database's resource id", () => {
    const template = synthesize((stack) => {
      const statement = new Database(stack, "database", minimal).iamConnectStatement("messenger_app");
      expect(statement).toMatchObject({ Effect: "Allow", Action: "rds-db:connect" });
      new TerraformOutput(stack, "resource", { value: statement.Resource });
    });
    const instance = /aws_db_instance\.database_instance_\w+/.exec(template.text)![0];
    expect(template.json.output!["resource"]!["value"]).toBe(
      `arn:\${element(split(":", ${instance}.arn), 1)}:rds-db:\${element(split(":", ${instance}.arn), 3)}:` +
        `\${element(split(":", ${instance}.arn), 4)}:dbuser:\${${instance}.resource_id}/messenger_app`,
    );
  });

  it.each([
    ["dbadmin", "expected a user other than the administrator"],
    ["*", "expected at most 63 lower-case letters"],
    ["rdsadmin", "expected a name that the engine does not reserve"],
  ])("cannot be a %s", (user, message) => {
    database({}, (made) => {
      expect(() => made.iamConnectStatement(user)).toThrow(ConfigurationError);
      expect(() => made.iamConnectStatement(user)).toThrow(message);
    });
  });
});

it("exposes outputs by reference and without a password", () => {
  const template = synthesize((stack) => {
    const made = new Database(stack, "database", { ...minimal, databaseName: "messenger_crm" });
    const outputs = {
      url: made.connectionUrl("messenger_app"),
      pinned: made.connectionUrl("messenger_app", { rootCertificatePath: "/app/certs/rds.pem" }),
      secret: made.masterUserSecretArn,
      identifier: made.identifier,
    };
    for (const [id, value] of Object.entries(outputs)) new TerraformOutput(stack, id, { value });
    expect(made.readerHost).toBeUndefined();
    expect([made.port, made.isCluster, made.engine, made.allocatedStorageGiB]).toEqual([5432, false, "postgres", 20]);
    expect(made.instanceIdentifiers).toEqual([made.identifier]);
    expect(made.alarmDimensions).toEqual({ DBInstanceIdentifier: made.identifier });
    expect(() => made.connectionUrl("messenger_app", { reader: true })).toThrow(
      "[test/database] connectionUrl: expected reader only with Aurora, got postgres. A standby of an RDS instance accepts no connections; readerConnectionUrls() has the read replicas.",
    );
  });
  const instance = /aws_db_instance\.database_instance_\w+/.exec(template.text)![0];
  const values = Object.fromEntries(Object.entries(template.json.output!).map(([id, block]) => [id, block["value"]]));
  const url = `postgresql://messenger_app@\${${instance}.address}:5432/messenger_crm?sslmode=verify-full`;
  expect(values).toEqual({
    url,
    pinned: `${url}&sslrootcert=/app/certs/rds.pem`,
    secret: `\${${instance}.master_user_secret[0].secret_arn}`,
    identifier: `\${${instance}.identifier}`,
  });
});

it("accepts values known only at apply", () => {
  const template = synthesize((stack) => {
    const later = (id: string) => new TerraformVariable(stack, id, {});
    new Database(stack, "database", {
      ...minimal,
      network: { vpcId: later("vpc").stringValue, isolatedSubnetIds: later("subnets").listValue },
      instanceClass: later("class").stringValue,
      allocatedStorageGiB: later("storage").numberValue,
      kmsKeyArn: later("key").stringValue,
      backupWindow: later("backup").stringValue,
      allowedSecurityGroups: { service: later("group").stringValue },
      masterUsername: later("user").stringValue,
    });
  });
  expect(template.only("aws_db_instance")).toMatchObject({
    instance_class: "${var.class}",
    allocated_storage: "${var.storage}",
    max_allocated_storage: "${min(65536, max(100, (2 * var.storage)))}",
    kms_key_id: "${var.key}",
    backup_window: "${var.backup}",
    username: "${var.user}",
  });
  expect(template.only("aws_db_subnet_group")["subnet_ids"]).toBe("${var.subnets}");
  expect(template.only("aws_vpc_security_group_ingress_rule")["referenced_security_group_id"]).toBe("${var.group}");
  expect(template.text).not.toMatch(/TfToken|Token\[|e\+308/);
});

it("ignores later changes to the props", () => {
  const parameters: Record<string, string> = { work_mem: "4096" };
  const template = synthesize((stack) => {
    new Database(stack, "database", { ...minimal, parameters });
    parameters["rds.force_ssl"] = "0";
  });
  expect(JSON.stringify(template.only("aws_db_parameter_group"))).not.toContain('"0"');
});
