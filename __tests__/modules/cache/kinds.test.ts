import { TerraformOutput } from "cdktf";
import { Cache, type CacheProps } from "../../../modules/cache";
import { synthesize } from "../../helpers/synth";
import { cache, minimal, replicationGroup } from "./make";

describe("cluster mode", () => {
  const template = cache({ kind: "cluster", shards: 2, replicas: 1 }, (made) => {
    expect([made.clusterMode, made.adapter, made.supportedAdapters]).toEqual([
      true,
      "sharded-redis",
      ["sharded-redis", "redis-streams"],
    ]);
    expect(made.readerHost).toBeUndefined();
    expect(made.nodeIds).toEqual([
      "crm-dev-cache-0001-001",
      "crm-dev-cache-0001-002",
      "crm-dev-cache-0002-001",
      "crm-dev-cache-0002-002",
    ]);
  });

  it("spreads keys over shards, each with failover", () => {
    const made = replicationGroup(template);
    expect(made).toMatchObject({
      cluster_mode: "enabled",
      num_node_groups: 2,
      replicas_per_node_group: 1,
      automatic_failover_enabled: true,
      multi_az_enabled: true,
    });
    expect(made).not.toHaveProperty("num_cache_clusters");
  });

  it("uses a parameter group separate from the one without cluster mode", () => {
    expect(template.only("aws_elasticache_parameter_group")).toMatchObject({
      name: "crm-dev-cache-valkey8-cluster",
      parameter: [
        { name: "maxmemory-policy", value: "volatile-ttl" },
        { name: "cluster-enabled", value: "yes" },
      ],
    });
  });

  it("turns on failover even without replicas, as AWS requires", () => {
    expect(replicationGroup(cache({ kind: "cluster", replicas: 0 }))).toMatchObject({
      automatic_failover_enabled: true,
      multi_az_enabled: false,
    });
  });
});

describe("serverless", () => {
  const template = cache({ kind: "serverless" }, (made) => {
    expect([made.clusterMode, made.adapter, made.supportedAdapters, made.nodeIds]).toEqual([
      true,
      "sharded-redis",
      ["sharded-redis"],
      [],
    ]);
    expect([made.port, made.readerPort]).toEqual([6379, 6380]);
    made.allowFrom("service", "sg-0123456789abcdef0");
  });

  it("creates exactly these resources", () => {
    expect(template.counts()).toEqual({
      aws_elasticache_serverless_cache: 1,
      aws_elasticache_user: 1,
      aws_elasticache_user_group: 1,
      aws_security_group: 1,
      aws_vpc_security_group_ingress_rule: 1,
    });
  });

  it("limits storage and ECPUs", () => {
    expect(template.only("aws_elasticache_serverless_cache")).toEqual({
      name: "crm-dev-cache",
      description: "Fan-out, presence and limits of crm-dev",
      engine: "valkey",
      major_engine_version: "8",
      cache_usage_limits: [{ data_storage: [{ maximum: 5, unit: "GB" }], ecpu_per_second: [{ maximum: 5000 }] }],
      subnet_ids: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
      security_group_ids: [expect.stringContaining("aws_security_group.") as unknown],
      user_group_id: expect.stringContaining("aws_elasticache_user_group.") as unknown,
      snapshot_retention_limit: 1,
      daily_snapshot_time: "17:00",
      tags: { Name: "crm-dev-cache" },
    });
  });

  it("opens the reader endpoint's port too", () => {
    expect(template.only("aws_vpc_security_group_ingress_rule")).toMatchObject({ from_port: 6379, to_port: 6380 });
  });

  it("accepts a major version and other limits", () => {
    const made = cache({
      kind: "serverless",
      engine: "redis",
      engineVersion: "7",
      maxStorageGiB: 1,
      maxEcpuPerSec: 1000,
    });
    expect(made.only("aws_elasticache_serverless_cache")).toMatchObject({
      engine: "redis",
      major_engine_version: "7",
      cache_usage_limits: [{ data_storage: [{ maximum: 1, unit: "GB" }], ecpu_per_second: [{ maximum: 1000 }] }],
    });
  });
});

describe("outputs", () => {
  const outputs = (props: Partial<CacheProps>) => {
    const template = synthesize((stack) => {
      const made = new Cache(stack, "cache", { ...minimal, ...props });
      const values = {
        url: made.connectionUrl(),
        connect: made.iamConnectStatement(),
        dimensions: made.alarmDimensions,
      };
      for (const [id, value] of Object.entries(values)) new TerraformOutput(stack, id, { value });
    });
    const names = (template.text.match(/aws_elasticache_\w+\.cache_[\w-]+/g) ?? []).map((text) => text);
    const name = (start: string) => names.find((text) => text.startsWith(start))!;
    const value = (id: string) => template.json.output![id]!["value"];
    return { name, value };
  };

  it("of a replication group are the primary endpoint, the nodes and the permission to connect", () => {
    const { name, value } = outputs({});
    const rg = name("aws_elasticache_replication_group.");
    const user = name("aws_elasticache_user.");
    expect(value("url")).toBe(`rediss://\${${user}.user_name}@\${${rg}.primary_endpoint_address}:6379`);
    expect(value("connect")).toEqual({
      Effect: "Allow",
      Action: "elasticache:Connect",
      Resource: [`\${${rg}.arn}`, `\${${user}.arn}`],
    });
    expect(value("dimensions")).toEqual([
      { CacheClusterId: "crm-dev-cache-001" },
      { CacheClusterId: "crm-dev-cache-002" },
    ]);
  });

  it("of a cluster include the configuration endpoint", () => {
    const { name, value } = outputs({ kind: "cluster" });
    expect(value("url")).toContain(
      `@\${${name("aws_elasticache_replication_group.")}.configuration_endpoint_address}:6379`,
    );
  });

  it("of a serverless cache are its endpoint and its metric dimension", () => {
    const { name, value } = outputs({ kind: "serverless" });
    const serverless = name("aws_elasticache_serverless_cache.");
    expect(value("url")).toContain(`@\${${serverless}.endpoint[0].address}:6379`);
    expect(value("dimensions")).toEqual([{ clusterId: `\${${serverless}.name}` }]);
  });
});
