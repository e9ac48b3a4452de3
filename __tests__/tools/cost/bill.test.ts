import { billOf, planOf, rows, planJson } from "./helpers";

/**
 * The bills of our environments, computed by hand from the list prices of Tokyo: 730 hours a month, each row rounded to the cent.
 * The arithmetic is in a comment beside each figure.
 */
describe("dev, to the cent", () => {
  const bill = billOf(planJson("dev"));

  it("is fixed", () => {
    expect(rows(bill, "fixed")).toEqual({
      "aws_db_instance: db.t4g.micro": 1825, // 730 × 0.025
      "aws_db_instance: gp3 storage": 276, // 20 GB × 0.138
      "aws_db_instance: secret of the master user, managed by RDS": 40,
      "aws_lb: load balancer": 1774, // 730 × 0.0243
      "aws_lb: public IPv4 in 2 zones": 730, // 2 × 730 × 0.005
      "aws_elasticache_replication_group: 1 × cache.t4g.micro": 1460, // 730 × 0.02
      "aws_wafv2_web_acl: web ACL": 500,
      "aws_wafv2_web_acl: 9 rules and rule groups": 900,
      "aws_ecs_service: vCPU of 1 task": 738, // 0.25 × 730 × 0.04045
      "aws_ecs_service: memory of 1 task": 161, // 0.5 × 730 × 0.00442
      "aws_ecs_service: vCPU of 1 spot task, estimated": 258, // 0.25 × 730 × 0.04045 × 0.35
      "aws_ecs_service: memory of 1 spot task, estimated": 56, // 0.5 × 730 × 0.00442 × 0.35
      "aws_ecs_service: public IPv4 of 2 tasks": 730,
      "aws_cloudwatch_metric_alarm: alarm": 290, // 29 alarms
      "aws_cloudwatch_metric_alarm: alarm on 2 metrics": 60, // 3 alarms × 2 × 0.10
      "aws_cloudwatch_dashboard: dashboard": 300,
      "aws_cloudwatch_log_metric_filter: 6 metrics of the app's own": 180,
      "aws_secretsmanager_secret: secret": 160, // 4 × 0.40
    });
    expect(bill.fixedCents).toBe(10_438);
  });

  it("grows with the load", () => {
    expect(rows(bill, "usage")).toEqual({
      // (0.5 × 3 × 600 + 2 × 20,000) B/s × 2,628,000 s = 107.4852 GB × 0.114
      "aws_lb: data out to the internet": 1225,
      // most of: (0.5 + 2)/25 = 0.1, 500/3000 = 0.1667, 107.4852/730 = 0.1472: 0.1667 × 730 × 0.008
      "aws_lb: capacity units": 97,
      "aws_wafv2_web_acl: requests": 394, // 2.5 × 2,628,000 = 6.57 million × 0.60
      // app 0.59 GB: 45 cents; firewall 1 % of 6.57 million × 1,800 B = 0.118 GB: 9; flows 2.628 GB: 200
      "aws_cloudwatch_log_group: log data ingested": 254,
      "aws_cloudwatch_log_group: log data stored for 30 days": 1, // 2.628 × 0.15 × 0.033, the others round to 0
      "aws_s3_bucket: a month of access logs": 10, // 6.57 million × 600 B = 3.942 GB × 0.025
      "aws_s3_bucket: requests that write them": 8, // 8,760 files × 2 zones = 17.52 thousand × 0.0047
      "aws_elasticache_replication_group: fan-out between zones, at most": 3, // 2 × 0.5 × 600 × 2 tasks × 2,628,000 B = 3.15 GB × 0.01
    });
    expect(bill.totalCents).toBe(10_438 + 1992);
  });

  it("lists what it cannot price, each with its reason", () => {
    expect(bill.unpriced.map(({ item }) => item).sort()).toEqual([
      "Container Insights (enabled)",
      "Enhanced Monitoring",
      "composite alarm",
      "log data of /aws/rds/instance/messenger-crm-dev-db/postgresql",
      "log data of /aws/rds/instance/messenger-crm-dev-db/upgrade",
      "log data of /aws/vendedlogs/elasticache/messenger-crm-dev-cache/engine-log",
      "log data of /aws/vendedlogs/elasticache/messenger-crm-dev-cache/slow-log",
    ]);
    expect(bill.unpriced.every(({ reason }) => reason.length > 10)).toBe(true);
  });
});

describe("prod, to the cent", () => {
  const bill = billOf(planJson("prod"));

  it("is fixed", () => {
    expect(rows(bill, "fixed")).toEqual({
      "aws_db_instance: db.m7g.large, two zones": 34_310, // 730 × 0.47
      "aws_db_instance: gp3 storage, two zones": 2760, // 100 GB × 0.276
      "aws_db_instance: secret of the master user, managed by RDS": 40,
      "aws_elasticache_replication_group: 2 × cache.m7g.large": 23_594, // 2 × 730 × 0.1616
      "aws_nat_gateway: NAT gateway": 13_578, // 3 × 45.26
      "aws_eip: public IPv4 address": 1095, // 3 × 3.65
      "aws_lb: load balancer": 1774,
      "aws_lb: public IPv4 in 3 zones": 1095,
      "aws_ecs_service: vCPU of 2 tasks": 5906, // 2 × 730 × 0.04045
      "aws_ecs_service: memory of 2 tasks": 1291, // 2 × 2 × 730 × 0.00442
      "aws_wafv2_web_acl: web ACL": 500,
      "aws_wafv2_web_acl: 9 rules and rule groups": 900,
      "aws_cloudwatch_metric_alarm: alarm": 370,
      "aws_cloudwatch_metric_alarm: alarm on 2 metrics": 60,
      "aws_cloudwatch_dashboard: dashboard": 300,
      "aws_cloudwatch_log_metric_filter: 6 metrics of the app's own": 180,
      "aws_secretsmanager_secret: secret": 160,
      "aws_kms_key: key": 100,
    });
    expect(bill.fixedCents).toBe(88_013);
  });

  it("runs more tasks when the load needs more than the minimum", () => {
    // 13,000 connections at 5,000 a task are 3 tasks: one more than the minimum of 2.
    const more = rows(billOf(planJson("prod"), { connections: 13_000 }), "usage");
    expect(more["aws_ecs_service: vCPU of 1 more task"]).toBe(2953); // 730 × 0.04045
    expect(more["aws_ecs_service: memory of 1 more task"]).toBe(645); // 2 × 730 × 0.00442
    expect(more["aws_lb: capacity units"]).toBe(2531); // 13,000/3,000 × 730 × 0.008
  });

  it("runs no more tasks than the autoscaler may start", () => {
    const overloaded = rows(billOf(planJson("prod"), { connections: 1e6 }), "usage");
    expect(overloaded["aws_ecs_service: vCPU of 18 more tasks"]).toBe(53_151); // 18 × 730 × 0.04045
  });
});

it("lists a resource of an unknown type instead of pricing it as free", () => {
  const bill = billOf(planOf({ "aws_quantum_computer.q": {} }));
  expect(bill.unpriced).toEqual([
    {
      address: "aws_quantum_computer.q",
      module: "(root)",
      item: "aws_quantum_computer",
      reason: "no pricer for this type of resource",
    },
  ]);
});

it("lists a class that is missing in the price list", () => {
  const instance = { engine: "mysql", instance_class: "db.r7g.16xlarge", storage_type: "gp3", allocated_storage: 20 };
  const bill = billOf(planOf({ "aws_db_instance.db": instance }));
  expect(bill.unpriced).toMatchObject([
    { item: "db.r7g.16xlarge", reason: 'no price "rds.mysql.r7g.16xlarge" in the list for this region' },
  ]);
  expect(rows(bill, "fixed")).toEqual({ "aws_db_instance: gp3 storage": 276 });
});

it("gives an estimated price a lower confidence than its list price", () => {
  const { lines } = billOf(planJson("dev"));
  const spot = lines.filter(({ item }) => item.includes("spot"));
  expect(spot.map(({ confidence }) => confidence)).toEqual(["C", "C"]);
});

it("prices Aurora Serverless v2 by its minimum and its storage", () => {
  const bill = billOf(
    planOf(
      {
        "aws_rds_cluster.c": { serverlessv2_scaling_configuration: [{ min_capacity: 0.5, max_capacity: 4 }] },
        "aws_rds_cluster_instance.a": {},
        "aws_rds_cluster_instance.b": {},
      },
      {
        "aws_rds_cluster_instance.a": { cluster_identifier: ["aws_rds_cluster.c.id", "aws_rds_cluster.c"] },
        "aws_rds_cluster_instance.b": { cluster_identifier: ["aws_rds_cluster.c.id", "aws_rds_cluster.c"] },
      },
    ),
  );
  // 2 × 0.5 ACU × 730 × 0.15
  expect(rows(bill, "fixed")).toEqual({ "aws_rds_cluster: 2 instances at the minimum of 0.5 ACU": 10_950 });
  expect(rows(bill, "usage")).toEqual({ "aws_rds_cluster: storage": 120 }); // 10 GB × 0.12
});

it("prices a serverless cache by its minimum, and a cluster by all its nodes", () => {
  const bill = billOf(
    planOf({
      "aws_elasticache_serverless_cache.s": { engine: "valkey" },
      "aws_elasticache_replication_group.c": {
        engine: "valkey",
        node_type: "cache.t4g.small",
        num_node_groups: 3,
        replicas_per_node_group: 1,
      },
    }),
    { messagesPerSec: 0 },
  );
  expect(rows(bill, "fixed")).toEqual({
    "aws_elasticache_serverless_cache: data stored, the minimum of 0.1 GB": 737, // 0.1 × 730 × 0.101
    "aws_elasticache_replication_group: 6 × cache.t4g.small": 17_170, // 6 × 730 × 0.0392
  });
});

describe("NAT instances", () => {
  const machine = (instance_type: string) => ({
    instance_type,
    block_device_mappings: [{ device_name: "/dev/xvda", ebs: [{ volume_type: "gp3", volume_size: 8 }] }],
  });
  const bill = billOf(
    planOf(
      {
        "aws_autoscaling_group.a": { min_size: 1 },
        "aws_launch_template.a": machine("t4g.nano"),
        "aws_network_interface.a": {},
        "aws_eip.a": {},
        "aws_autoscaling_group.b": { min_size: 2 },
        "aws_launch_template.b": machine("c7gn.medium"),
        "aws_autoscaling_group.c": { min_size: 1 },
      },
      {
        "aws_autoscaling_group.a": { launch_template: ["aws_launch_template.a.id", "aws_launch_template.a"] },
        "aws_autoscaling_group.b": { launch_template: ["aws_launch_template.b.id", "aws_launch_template.b"] },
      },
    ),
  );

  it("cost the instance, its volume and its address, and nothing per GB", () => {
    expect(rows(bill, "fixed")).toEqual({
      "aws_autoscaling_group: 1 × t4g.nano": 394, // 730 × 0.0054
      "aws_autoscaling_group: gp3 volume of 1": 77, // 8 GB × 0.096
      "aws_eip: public IPv4 address": 365, // 730 × 0.005
      "aws_autoscaling_group: gp3 volume of 2": 154, // 2 × 8 GB × 0.096
    });
    expect(rows(bill, "usage")).toEqual({});
  });

  it("are listed when a price is missing", () => {
    expect(bill.unpriced.map(({ address, item, reason }) => [address, item, reason])).toEqual([
      [
        "aws_autoscaling_group.a",
        "CPU above the baseline",
        "billed by the vCPU-hour when an instance is busy for long; no price in the list",
      ],
      ["aws_autoscaling_group.b", "2 × c7gn.medium", 'no price "ec2.c7gn.medium" in the list for this region'],
      ["aws_autoscaling_group.c", "machines", "their launch template is not in the plan"],
    ]);
  });
});

it("prices a read replica by its own class, and by the engine and storage of its source", () => {
  const bill = billOf(
    planOf(
      {
        "aws_db_instance.source": {
          engine: "postgres",
          instance_class: "db.m7g.large",
          multi_az: true,
          storage_type: "gp3",
          allocated_storage: 100,
          manage_master_user_password: true,
        },
        "aws_db_instance.replica": { instance_class: "db.t4g.small", storage_type: "gp3", monitoring_interval: 60 },
        "aws_db_instance.lost": { engine: "postgres", instance_class: "db.t4g.small", storage_type: "gp3" },
      },
      {
        "aws_db_instance.replica": {
          replicate_source_db: ["aws_db_instance.source.identifier", "aws_db_instance.source"],
        },
      },
    ),
  );
  expect(rows(bill, "fixed")).toEqual({
    "aws_db_instance: db.m7g.large, two zones": 34_310, // 730 × 0.47
    "aws_db_instance: gp3 storage, two zones": 2760, // 100 GB × 0.276
    "aws_db_instance: secret of the master user, managed by RDS": 40,
    "aws_db_instance: db.t4g.small": 2 * 3723, // 730 × 0.051 each
    "aws_db_instance: gp3 storage": 1380, // 100 GB × 0.138
  });
  expect(bill.unpriced.map(({ address, item }) => [address, item])).toEqual([
    ["aws_db_instance.replica", "Enhanced Monitoring"],
    ["aws_db_instance.lost", "gp3 storage"],
  ]);
});

it("lists RDS Proxy as not priced, with its billing unit", () => {
  const bill = billOf(
    planOf({
      "aws_db_proxy.p": {},
      "aws_db_proxy_endpoint.r": {},
      "aws_db_proxy_default_target_group.p": {},
      "aws_db_proxy_target.p": {},
    }),
  );
  expect(bill.totalCents).toBe(0);
  expect(bill.unpriced.map(({ item, reason }) => `${item}: ${reason}`)).toEqual([
    "RDS Proxy: billed by the hour for each vCPU of its database, or each ACU, 8 at least; no rate in the list",
    "endpoint for readers: billed as an interface endpoint in each of its zones, by RDS's own list",
  ]);
});
