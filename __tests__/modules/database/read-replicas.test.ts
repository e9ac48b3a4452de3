import { TerraformOutput, Token } from "cdktf";
import { Database } from "../../../modules/database";
import { synthesize } from "../../helpers/synth";
import { database, minimal, refused } from "./make";

const containing = (text: string) => expect.stringContaining(text) as unknown;

describe("read replicas", () => {
  const template = database({ readReplicaCount: 2, allocatedStorageGiB: 100 });

  it("are added, each with its own log groups, and leave the instance unchanged", () => {
    const without = database({ allocatedStorageGiB: 100 });
    expect(template.addresses()).toEqual(expect.arrayContaining(without.addresses()));
    expect(template.resource("aws_db_instance", "database/instance")).toEqual(without.only("aws_db_instance"));
    expect(template.counts()).toEqual({
      ...without.counts(),
      aws_cloudwatch_log_group: 2 + 4,
      aws_db_instance: 3,
    });
    expect(template.resource("aws_cloudwatch_log_group", "database/replica-2-upgrade-log-group")).toEqual({
      lifecycle: { create_before_destroy: true },
      name: "/aws/rds/instance/crm-dev-db-replica-2/upgrade",
      retention_in_days: 30,
    });
  });

  it("are encrypted like their source, and have neither backups nor a final snapshot, which AWS refuses", () => {
    expect(template.resource("aws_db_instance", "database/replica-1")).toEqual({
      apply_immediately: false,
      auto_minor_version_upgrade: true,
      backup_retention_period: 0,
      copy_tags_to_snapshot: true,
      deletion_protection: true,
      depends_on: expect.arrayContaining([
        containing("aws_iam_role_policy_attachment."),
        containing("aws_cloudwatch_log_group.database_replica-1-postgresql-log-group"),
        containing("aws_cloudwatch_log_group.database_replica-1-upgrade-log-group"),
      ]) as unknown,
      enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"],
      iam_database_authentication_enabled: true,
      identifier: "crm-dev-db-replica-1",
      instance_class: "db.t4g.micro",
      lifecycle: {
        ignore_changes: ["replicate_source_db"],
        replace_triggered_by: [
          expect.stringMatching(/^aws_db_instance\.database_instance_\w+\.resource_id$/) as unknown,
        ],
      },
      maintenance_window: "sun:19:30-sun:20:30",
      max_allocated_storage: 200,
      monitoring_interval: 60,
      monitoring_role_arn: containing("aws_iam_role.database_monitoring-role"),
      multi_az: false,
      parameter_group_name: containing("aws_db_parameter_group."),
      performance_insights_enabled: true,
      performance_insights_retention_period: 7,
      port: 5432,
      publicly_accessible: false,
      replicate_source_db: containing("aws_db_instance.database_instance"),
      skip_final_snapshot: true,
      storage_encrypted: true,
      storage_type: "gp3",
      tags: { Name: "crm-dev-db-replica-1" },
      vpc_security_group_ids: [containing("aws_security_group.")],
    });
  });

  it("keep their addresses when one is added", () => {
    const addresses = (readReplicaCount: number) => database({ readReplicaCount }).addresses();
    expect(addresses(3)).toEqual(expect.arrayContaining(addresses(2)));
    expect(database({ readReplicaCount: 0 }).addresses()).toEqual(database().addresses());
  });

  it("have their own class, and are spread over their own zones", () => {
    const made = database({
      engine: "mysql",
      instanceClass: "db.m7g.large",
      readReplicaCount: 3,
      readReplicaClass: "db.t4g.micro",
      readReplicaZones: ["ap-northeast-1a", "ap-northeast-1c"],
    });
    const replicas = [1, 2, 3].map((number) => made.resource("aws_db_instance", `database/replica-${number}`));
    expect(replicas.map((replica) => replica["availability_zone"])).toEqual([
      "ap-northeast-1a",
      "ap-northeast-1c",
      "ap-northeast-1a",
    ]);
    // MySQL does not support Performance Insights on so small a class, even if the source has it.
    expect(replicas.map((it) => [it["instance_class"], it["performance_insights_enabled"]])).toEqual(
      Array(3).fill(["db.t4g.micro", false]),
    );
    expect(made.resource("aws_db_instance", "database/instance")["performance_insights_enabled"]).toBe(true);
  });
});

it("are separate hosts, to which the app's user may connect as to the source", () => {
  const template = synthesize((stack) => {
    const made = new Database(stack, "database", { ...minimal, readReplicaCount: 2 });
    const urls = made.readerConnectionUrls("messenger_app", { rootCertificatePath: "/rds.pem" });
    const resources = made.iamConnectStatement("messenger_app").Resource as readonly string[];
    const values = { urls: urls.join(" "), resources: resources.join(" ") };
    for (const [id, value] of Object.entries(values)) new TerraformOutput(stack, id, { value });
    expect(made.readReplicaIdentifiers).toHaveLength(2);
    expect(made.readerHost).toBeUndefined();
    expect(made.instanceIdentifiers).toEqual([made.identifier]);
  });
  const name = (id: string) => new RegExp(`aws_db_instance\\.database_${id}_\\w+`).exec(template.text)![0];
  const value = (id: string) => String(template.json.output![id]!["value"]).split(" ");
  expect(value("urls")).toEqual(
    ["replica-1", "replica-2"].map(
      (id) => `postgresql://messenger_app@\${${name(id)}.address}:5432/app?sslmode=verify-full&sslrootcert=/rds.pem`,
    ),
  );
  // An ARN contains spaces within its expressions.
  const resources = String(template.json.output!["resources"]!["value"]);
  expect(resources.match(/:dbuser:\$\{[\w.-]+\}\/messenger_app/g)).toEqual(
    ["instance", "replica-1", "replica-2"].map((id) => `:dbuser:\${${name(id)}.resource_id}/messenger_app`),
  );
});

it("are absent by default, and so are their connection URLs", () => {
  database({}, (made) => expect(made.readerConnectionUrls("messenger_app")).toEqual([]));
});

it("refuse the proxy's user, whose password only the proxy may read", () => {
  const secretArn = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm-dev/app-AbCdEf";
  database({ readReplicaCount: 1, proxy: { userName: "messenger_app", secretArn } }, (made) => {
    expect(() => made.readerConnectionUrls("messenger_app")).toThrow(
      '[test/database] readerConnectionUrls: expected a user that signs in with IAM, got "messenger_app". Read replicas are not behind the proxy, and only the proxy can read the password of its user.',
    );
    expect(made.readerConnectionUrls("reporter")).toHaveLength(1);
  });
});

const sized =
  "instanceClass, multiAz, allocatedStorageGiB, maxAllocatedStorageGiB, storageType, iops, throughputMiBps, readReplicaCount, readReplicaClass, readReplicaZones";
it.each<[string, Parameters<typeof refused>[0], string]>([
  [
    "more than RDS has",
    { readReplicaCount: 16 },
    "readReplicaCount: expected a whole number from 0 to 15, got 16. An RDS instance has at most 15 read replicas.",
  ],
  [
    "a count that Terraform learns later",
    { readReplicaCount: Token.asNumber("${var.count}") },
    "readReplicaCount: expected a literal, got a value that is known only at apply. It decides what is synthesized, so it must be known at synth.",
  ],
  [
    "a class for none",
    { readReplicaClass: "db.t4g.micro" },
    'readReplicaClass: expected nothing without read replicas, got "db.t4g.micro". Set readReplicaCount.',
  ],
  [
    "a malformed class",
    { readReplicaCount: 1, readReplicaClass: "t4g.micro" },
    'readReplicaClass: expected a class of RDS instances, such as db.t4g.micro or db.m7g.large, got "t4g.micro". Names begin with db., and only burstable families have micro and small.',
  ],
  [
    "a region for a zone",
    { readReplicaCount: 1, readReplicaZones: ["ap-northeast-1"] },
    'readReplicaZones: expected zones such as ap-northeast-1a, got "ap-northeast-1". Use zones of the network, or omit it.',
  ],
  [
    "replicas of Aurora, which has readers",
    { engine: "aurora-postgresql", readReplicaCount: 1 },
    "readReplicaCount: expected nothing with engine aurora-postgresql, got 1. Aurora Serverless v2 is sized by minCapacityAcu, maxCapacityAcu, instanceCount.",
  ],
  [
    "Aurora's capacity with replicas",
    { readReplicaCount: 1, minCapacityAcu: 1 },
    `minCapacityAcu: expected nothing with engine postgres, got 1. RDS is sized by ${sized}.`,
  ],
])("refuses %s", (_, props, message) => expect(refused(props)).toEqual([`[test/database] ${message}`]));
