import { TerraformOutput } from "cdktf";
import { Database } from "../../../modules/database";
import { synthesize } from "../../helpers/synth";
import { database, KEEPS_VERSION_17, minimal } from "./make";

describe("Aurora PostgreSQL", () => {
  const template = database({ engine: "aurora-postgresql" });

  it("creates exactly these resources", () => {
    expect(template.counts()).toEqual({
      aws_cloudwatch_log_group: 1,
      aws_db_subnet_group: 1,
      aws_iam_role: 1,
      aws_iam_role_policy_attachment: 1,
      aws_rds_cluster: 1,
      aws_rds_cluster_instance: 2,
      aws_rds_cluster_parameter_group: 1,
      aws_security_group: 1,
    });
  });

  it("is a Serverless v2 cluster, encrypted, backed up and protected from deletion", () => {
    expect(template.only("aws_rds_cluster")).toEqual({
      allow_major_version_upgrade: false,
      apply_immediately: false,
      backup_retention_period: 7,
      cluster_identifier: "crm-dev-db",
      copy_tags_to_snapshot: true,
      database_name: "app",
      db_cluster_parameter_group_name: expect.stringContaining("aws_rds_cluster_parameter_group.") as unknown,
      db_subnet_group_name: expect.stringContaining("aws_db_subnet_group.") as unknown,
      delete_automated_backups: false,
      deletion_protection: true,
      depends_on: expect.arrayContaining([expect.stringContaining("postgresql-log-group")]) as unknown,
      enabled_cloudwatch_logs_exports: ["postgresql"],
      engine: "aurora-postgresql",
      engine_mode: "provisioned",
      engine_version: "17",
      final_snapshot_identifier: "crm-dev-db-final",
      iam_database_authentication_enabled: true,
      lifecycle: { postcondition: [{ condition: KEEPS_VERSION_17, error_message: expect.any(String) as unknown }] },
      manage_master_user_password: true,
      master_username: "dbadmin",
      port: 5432,
      preferred_backup_window: "18:00-19:00",
      preferred_maintenance_window: "sun:19:30-sun:20:30",
      serverlessv2_scaling_configuration: { min_capacity: 0.5, max_capacity: 4 },
      skip_final_snapshot: false,
      storage_encrypted: true,
      tags: { Name: "crm-dev-db" },
      vpc_security_group_ids: [expect.stringContaining("aws_security_group.") as unknown],
    });
  });

  it("has a second instance for failover", () => {
    const common = {
      apply_immediately: false,
      auto_minor_version_upgrade: true,
      cluster_identifier: expect.stringContaining("aws_rds_cluster.") as unknown,
      copy_tags_to_snapshot: true,
      db_subnet_group_name: expect.stringContaining("aws_db_subnet_group.") as unknown,
      engine: "aurora-postgresql",
      instance_class: "db.serverless",
      monitoring_interval: 60,
      monitoring_role_arn: expect.stringContaining("aws_iam_role.") as unknown,
      performance_insights_enabled: true,
      performance_insights_retention_period: 7,
      preferred_maintenance_window: "sun:19:30-sun:20:30",
      publicly_accessible: false,
    };
    const instance = (number: number) => ({
      ...common,
      identifier: `crm-dev-db-${number}`,
      promotion_tier: number - 1,
      tags: { Name: `crm-dev-db-${number}` },
    });
    expect(template.resources("aws_rds_cluster_instance")).toEqual({
      "database/instance-1": instance(1),
      "database/instance-2": instance(2),
    });
  });

  it("forces TLS in the cluster's parameter group", () => {
    expect(template.only("aws_rds_cluster_parameter_group")).toMatchObject({
      name: "crm-dev-db-aurora-postgresql17",
      family: "aurora-postgresql17",
      parameter: [{ name: "rds.force_ssl", value: "1", apply_method: "pending-reboot" }],
      lifecycle: { create_before_destroy: true },
    });
    expect(template.only("aws_cloudwatch_log_group")["name"]).toBe("/aws/rds/cluster/crm-dev-db/postgresql");
  });
});

it("forces TLS on Aurora MySQL with MySQL's parameter value", () => {
  const template = database({ engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.10.1" });
  expect(template.only("aws_rds_cluster_parameter_group")).toMatchObject({
    name: "crm-dev-db-aurora-mysql8-0",
    family: "aurora-mysql8.0",
    parameter: [
      { name: "slow_query_log", value: "1", apply_method: "pending-reboot" },
      { name: "long_query_time", value: "1", apply_method: "pending-reboot" },
      { name: "require_secure_transport", value: "ON", apply_method: "pending-reboot" },
    ],
  });
  expect(template.only("aws_rds_cluster")).toMatchObject({ engine_version: "8.0.mysql_aurora.3.10.1", port: 3306 });
});

it("keeps the addresses of existing instances when one is added", () => {
  const addresses = (instanceCount: number) =>
    database({ engine: "aurora-postgresql", instanceCount })
      .addresses()
      .filter((it) => it.includes("cluster_instance"));
  expect(addresses(3)).toEqual(expect.arrayContaining(addresses(2)));
  expect(addresses(3)).toHaveLength(3);
});

it("may pause, and scales between the given capacities", () => {
  const cluster = database({ engine: "aurora-postgresql", minCapacityAcu: 0, maxCapacityAcu: 256 }).only(
    "aws_rds_cluster",
  );
  expect(cluster["serverlessv2_scaling_configuration"]).toEqual({ min_capacity: 0, max_capacity: 256 });
});

it("enables the advanced mode of Database Insights on the cluster", () => {
  const template = database({ engine: "aurora-postgresql", databaseInsights: "advanced", instanceCount: 1 });
  const insights = { performance_insights_enabled: true, performance_insights_retention_period: 465 };
  expect(template.only("aws_rds_cluster")).toMatchObject({ database_insights_mode: "advanced", ...insights });
  expect(template.only("aws_rds_cluster_instance")).toMatchObject(insights);
});

it("exposes the cluster's endpoints", () => {
  const template = synthesize((stack) => {
    const made = new Database(stack, "database", { ...minimal, engine: "aurora-mysql" });
    const outputs = {
      writer: made.connectionUrl("messenger_app"),
      reader: made.connectionUrl("messenger_app", { reader: true, rootCertificatePath: "/rds.pem" }),
      user: made.iamConnectStatement("messenger_app").Resource,
    };
    for (const [id, value] of Object.entries(outputs)) new TerraformOutput(stack, id, { value });
    expect(made.isCluster).toBe(true);
    expect(made.alarmDimensions).toEqual({ DBClusterIdentifier: made.identifier });
    expect(made.instanceIdentifiers).toHaveLength(2);
    expect(made.allocatedStorageGiB).toBeUndefined();
  });
  const cluster = /aws_rds_cluster\.database_cluster_\w+/.exec(template.text)![0];
  const value = (id: string) => template.json.output![id]!["value"];
  expect(value("writer")).toBe(`mysql://messenger_app@\${${cluster}.endpoint}:3306/app?ssl-mode=VERIFY_IDENTITY`);
  expect(value("reader")).toBe(
    `mysql://messenger_app@\${${cluster}.reader_endpoint}:3306/app?ssl-mode=VERIFY_IDENTITY&ssl-ca=/rds.pem`,
  );
  expect(value("user")).toContain(`:dbuser:\${${cluster}.cluster_resource_id}/messenger_app`);
});
