import { TerraformVariable } from "cdktf";
import { Cache, type CacheProps } from "../../../modules/cache";
import { synthesize } from "../../helpers/synth";
import { cache, minimal, replicationGroup } from "./make";

const KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/8e7d3b62-5f0a-4a43-9f2b-0d6a3c1f9b11";

describe("cache with its defaults", () => {
  const template = cache();

  it("creates exactly these resources", () => {
    expect(template.counts()).toEqual({
      aws_cloudwatch_log_group: 2,
      aws_elasticache_parameter_group: 1,
      aws_elasticache_replication_group: 1,
      aws_elasticache_subnet_group: 1,
      aws_elasticache_user: 1,
      aws_elasticache_user_group: 1,
      aws_security_group: 1,
    });
  });

  it("is Valkey 8 with a replica in another zone, encrypted on the wire and at rest", () => {
    const log = (type: string) => ({
      destination: expect.stringContaining(`aws_cloudwatch_log_group.cache_${type}-group`) as unknown,
      destination_type: "cloudwatch-logs",
      log_format: "json",
      log_type: type,
    });
    expect(replicationGroup(template)).toEqual({
      lifecycle: {
        postcondition: [
          {
            condition: '${startswith(self.engine_version_actual, "8.")}',
            error_message: expect.stringContaining("Set applyImmediately to true") as unknown,
          },
        ],
      },
      apply_immediately: false,
      at_rest_encryption_enabled: "true",
      auto_minor_version_upgrade: "true",
      automatic_failover_enabled: true,
      description: "Fan-out, presence and limits of crm-dev",
      engine: "valkey",
      engine_version: "8.0",
      final_snapshot_identifier: "crm-dev-cache-final",
      log_delivery_configuration: [log("slow-log"), log("engine-log")],
      maintenance_window: "sun:20:30-sun:21:30",
      multi_az_enabled: true,
      node_type: "cache.t4g.micro",
      num_cache_clusters: 2,
      parameter_group_name: expect.stringContaining("aws_elasticache_parameter_group.") as unknown,
      port: 6379,
      replication_group_id: "crm-dev-cache",
      security_group_ids: [expect.stringContaining("aws_security_group.") as unknown],
      snapshot_retention_limit: 1,
      snapshot_window: "17:00-18:00",
      subnet_group_name: expect.stringContaining("aws_elasticache_subnet_group.") as unknown,
      tags: { Name: "crm-dev-cache" },
      transit_encryption_enabled: true,
      transit_encryption_mode: "required",
      user_group_ids: [expect.stringContaining("aws_elasticache_user_group.") as unknown],
    });
  });

  it("has one user, who authenticates with IAM and cannot run dangerous commands", () => {
    expect(template.only("aws_elasticache_user")).toEqual({
      lifecycle: { create_before_destroy: true },
      user_id: "crm-dev-app",
      user_name: "crm-dev-app",
      engine: "valkey",
      access_string:
        "on ~* &* -@all +@read +@write +@pubsub +@scripting +@transaction +@connection -@admin -@dangerous +info",
      authentication_mode: { type: "iam" },
      tags: { Name: "crm-dev-app" },
    });
    expect(template.only("aws_elasticache_user_group")).toEqual({
      lifecycle: { create_before_destroy: true },
      user_group_id: "crm-dev-cache",
      engine: "valkey",
      user_ids: [expect.stringMatching(/aws_elasticache_user\.cache_user_\w+\.user_id/) as unknown],
      tags: { Name: "crm-dev-cache" },
    });
  });

  it("evicts the keys closest to expiry when memory is full", () => {
    expect(template.only("aws_elasticache_parameter_group")).toEqual({
      name: "crm-dev-cache-valkey8",
      family: "valkey8",
      description: "Fan-out and short-lived data, family valkey8",
      parameter: [{ name: "maxmemory-policy", value: "volatile-ttl" }],
      lifecycle: { create_before_destroy: true },
      tags: { Name: "crm-dev-cache-valkey8" },
    });
  });

  it("sets a retention for its logs", () => {
    expect(template.resources("aws_cloudwatch_log_group")).toEqual({
      "cache/slow-log-group": { name: "/aws/vendedlogs/elasticache/crm-dev-cache/slow-log", retention_in_days: 30 },
      "cache/engine-log-group": { name: "/aws/vendedlogs/elasticache/crm-dev-cache/engine-log", retention_in_days: 30 },
    });
  });

  it("creates a security group without rules", () => {
    expect(template.only("aws_security_group")).toMatchObject({
      name: "crm-dev-cache",
      vpc_id: "vpc-0123456789abcdef0",
    });
  });
});

describe("node options", () => {
  it("turns off failover and Multi-AZ without a replica", () => {
    expect(replicationGroup(cache({ replicas: 0 }))).toMatchObject({
      num_cache_clusters: 1,
      automatic_failover_enabled: false,
      multi_az_enabled: false,
    });
  });

  it("allows failover within one zone", () => {
    expect(replicationGroup(cache({ replicas: 2, multiAz: false }))).toMatchObject({
      num_cache_clusters: 3,
      automatic_failover_enabled: true,
      multi_az_enabled: false,
    });
  });

  it.each([
    ["valkey", "7.2", "valkey7"],
    ["valkey", "8.2", "valkey8"],
    ["redis", undefined, "redis7"],
    ["redis", "7.0", "redis7"],
  ] as const)("takes %s %s with the family %s", (engine, engineVersion, family) => {
    const template = cache({ engine, engineVersion });
    expect(replicationGroup(template)).toMatchObject({ engine, engine_version: engineVersion ?? "7.1" });
    expect(template.only("aws_elasticache_parameter_group")).toMatchObject({ family, name: `crm-dev-cache-${family}` });
  });

  it("encrypts with the given keys", () => {
    const template = cache({ kmsKeyArn: KEY, logsKmsKeyArn: KEY });
    expect(replicationGroup(template)["kms_key_id"]).toBe(KEY);
    expect(Object.values(template.resources("aws_cloudwatch_log_group")).map((it) => it["kms_key_id"])).toEqual([
      KEY,
      KEY,
    ]);
  });

  it("passes the other props on", () => {
    const topic = "arn:aws:sns:ap-northeast-1:123456789012:alarms";
    const template = cache({
      identifier: "legacy",
      autoMinorVersionUpgrade: false,
      applyImmediately: true,
      skipFinalSnapshot: true,
      snapshotRetentionDays: 0,
      notificationTopicArn: topic,
      port: 6390,
      parameters: { "maxmemory-policy": "noeviction", "slowlog-log-slower-than": "5000" },
    });
    expect(replicationGroup(template)).toMatchObject({
      replication_group_id: "legacy",
      auto_minor_version_upgrade: "false",
      apply_immediately: true,
      snapshot_retention_limit: 0,
      notification_topic_arn: topic,
      port: 6390,
    });
    expect(replicationGroup(template)).not.toHaveProperty("final_snapshot_identifier");
    expect(template.only("aws_elasticache_parameter_group")["parameter"]).toEqual([
      { name: "maxmemory-policy", value: "noeviction" },
      { name: "slowlog-log-slower-than", value: "5000" },
    ]);
  });
});

describe("authentication", () => {
  const access = (props: Partial<CacheProps>) => cache(props).only("aws_elasticache_user")["access_string"];

  it("restricts the user to its keys and channels, and allows the classic adapter's pattern literally", () => {
    expect(
      access({ keyPrefixes: ["messenger-crm:"], channelPrefixes: ["socket.io"], socketNamespaces: ["/", "/admin"] }),
    ).toBe(
      "on ~messenger-crm:* &socket.io* &socket.io#/#* &socket.io#/admin#* -@all +@read +@write +@pubsub +@scripting " +
        "+@transaction +@connection -@admin -@dangerous +info",
    );
  });

  it("allows cluster-mode clients to discover shards", () => {
    const cluster = access({ kind: "cluster", keyPrefixes: ["a:", "b:"], channelPrefixes: ["socket.io"] });
    expect(cluster).toBe(
      "on ~a:* ~b:* &socket.io* -@all +@read +@write +@pubsub +@scripting +@transaction +@connection -@admin " +
        "-@dangerous +info +cluster|slots +cluster|shards +cluster|nodes",
    );
  });

  it("disables the default user that every Redis user group must contain", () => {
    const template = cache({ engine: "redis", authentication: { kind: "iam", userName: "messenger" } });
    expect(template.resource("aws_elasticache_user", "cache/default-user")).toEqual({
      lifecycle: { create_before_destroy: true },
      user_id: "crm-dev-default",
      user_name: "default",
      engine: "redis",
      access_string: "off -@all",
      no_password_required: true,
      tags: { Name: "crm-dev-default" },
    });
    expect(template.resource("aws_elasticache_user", "cache/user")).toMatchObject({
      user_id: "messenger",
      user_name: "messenger",
      engine: "redis",
    });
    expect(template.only("aws_elasticache_user_group")["user_ids"]).toHaveLength(2);
  });

  it("allows no authentication for a stated reason, and repeats the reason in the description", () => {
    const template = cache({ authentication: { kind: "none", reason: "legacy client, ${until} June" } }, (made) => {
      expect(made.userName).toBeUndefined();
      expect(made.connectionUrl()).not.toContain("@");
      expect(() => made.iamConnectStatement()).toThrow(
        "[test/cache] iamConnectStatement: expected a cache with IAM authentication, got authentication none. Without authentication there is no user to sign in as.",
      );
    });
    expect(replicationGroup(template)["description"]).toBe(
      "Fan-out, presence and limits of crm-dev; no authentication: legacy client, $${until} June",
    );
    expect(replicationGroup(template)).not.toHaveProperty("user_group_ids");
    expect(template.count("aws_elasticache_user")).toBe(0);
  });
});

it("allows client security groups on its port only", () => {
  const template = cache({ allowedSecurityGroups: { service: "sg-0123456789abcdef0" } });
  expect(template.resources("aws_vpc_security_group_ingress_rule")).toEqual({
    "cache/ingress-service": {
      security_group_id: expect.stringContaining("aws_security_group.") as unknown,
      description: "From service",
      referenced_security_group_id: "sg-0123456789abcdef0",
      ip_protocol: "tcp",
      from_port: 6379,
      to_port: 6379,
      tags: { Name: "service" },
      lifecycle: { create_before_destroy: true },
    },
  });
});

it("accepts values known only at apply", () => {
  const template = synthesize((stack) => {
    const later = (id: string) => new TerraformVariable(stack, id, {});
    new Cache(stack, "cache", {
      ...minimal,
      network: { vpcId: later("vpc").stringValue, isolatedSubnetIds: later("subnets").listValue },
      nodeType: later("type").stringValue,
      port: later("port").numberValue,
      snapshotRetentionDays: later("days").numberValue,
      kmsKeyArn: later("key").stringValue,
      allowedSecurityGroups: { service: later("group").stringValue },
    });
  });
  expect(replicationGroup(template)).toMatchObject({
    node_type: "${var.type}",
    port: "${var.port}",
    snapshot_retention_limit: "${var.days}",
    kms_key_id: "${var.key}",
  });
  expect(template.only("aws_vpc_security_group_ingress_rule")).toMatchObject({ from_port: "${var.port}" });
  expect(template.only("aws_elasticache_subnet_group")["subnet_ids"]).toBe("${var.subnets}");
  expect(template.text).not.toMatch(/TfToken|Token\[|e\+308/);
});

it("computes the start of a window known only at apply with a Terraform expression", () => {
  const template = synthesize((stack) => {
    const snapshotWindow = new TerraformVariable(stack, "window", {}).stringValue;
    new Cache(stack, "cache", { ...minimal, kind: "serverless", snapshotWindow });
  });
  const made = template.only("aws_elasticache_serverless_cache");
  expect(made["daily_snapshot_time"]).toBe('${element(split("-", var.window), 0)}');
});

it("ignores later changes to the props", () => {
  const keyPrefixes = ["a:"];
  const template = synthesize((stack) => {
    new Cache(stack, "cache", { ...minimal, keyPrefixes });
    keyPrefixes.push("b:");
  });
  expect(template.only("aws_elasticache_user")["access_string"]).not.toContain("~b:*");
});

it.each([
  ["valkey", "7.2", "7.2."],
  ["valkey", "8.2", "8."],
  ["redis", "7.1", "7."],
] as const)(
  "an upgrade to %s %s that would wait is refused where another parameter group runs",
  (engine, engineVersion, start) => {
    const lifecycle = (applyImmediately: boolean) =>
      replicationGroup(cache({ engine, engineVersion, applyImmediately }))["lifecycle"];
    expect(lifecycle(false)).toMatchObject({
      postcondition: [{ condition: `\${startswith(self.engine_version_actual, "${start}")}` }],
    });
    expect(lifecycle(true)).not.toHaveProperty("postcondition.0");
  },
);
