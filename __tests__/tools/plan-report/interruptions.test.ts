import { type ResourceChange, type PlanJson } from "../../../tools/terraform/plan-json";
import { create, destroy, planWith, replaceNewFirst, replaceOldFirst, stackReportOf, update } from "./plans";

const found = (changes: readonly ResourceChange[], more: Partial<PlanJson> = {}) =>
  stackReportOf(planWith(changes, more)).interruptions;
const effects = (...changes: readonly ResourceChange[]) => found(changes).map(({ effect }) => effect);

const SERVICE = "aws_ecs_service.chat";
const containers = (stopTimeout: number) =>
  JSON.stringify([
    { name: "migration", essential: false, stopTimeout: 120 },
    { name: "app", stopTimeout },
  ]);
const values = {
  desired_count: 4,
  deployment_minimum_healthy_percent: 100,
  deployment_maximum_percent: 150,
  health_check_grace_period_seconds: 90,
  force_new_deployment: true,
};
/** The service with what its drain budget is read from, as a plan has it. */
const surroundings = (service: object = values): Partial<PlanJson> => ({
  planned_values: {
    root_module: {
      resources: [
        { address: SERVICE, mode: "managed", type: "aws_ecs_service", values: { ...service } },
        {
          address: "aws_ecs_task_definition.chat",
          mode: "managed",
          type: "aws_ecs_task_definition",
          values: { container_definitions: containers(70) },
        },
        {
          address: "aws_lb_target_group.web",
          mode: "managed",
          type: "aws_lb_target_group",
          values: { deregistration_delay: "30" },
        },
      ],
    },
  },
  configuration: {
    root_module: {
      resources: [
        {
          address: SERVICE,
          expressions: {
            task_definition: { references: ["aws_ecs_task_definition.chat.arn", "aws_ecs_task_definition.chat"] },
            load_balancer: [
              { target_group_arn: { references: ["aws_lb_target_group.web.arn", "aws_lb_target_group.web"] } },
            ],
          },
        },
      ],
    },
  },
});

describe("an ECS service", () => {
  it("closes each connection once when a deployment starts, within the drain budget", () => {
    const change = update(SERVICE, { ...values, task_definition: "chat:1" }, values, {
      after_unknown: { task_definition: true },
    });
    const [interruption] = found([change], surroundings());
    // Two of four tasks at a time: twice 60 s of provisioning, 90 s of grace, 30 s of deregistration and 70 s to stop.
    expect(interruption).toMatchObject({ effect: "reconnect", seconds: { atMost: 500 } });
    expect(interruption!.what).toContain("4 tasks, 2 at a time");
    expect(interruption!.what).toContain(
      "at most 100 s after its task began to drain (deregistration delay 30 s, stop timeout 70 s)",
    );
  });

  it("starts a deployment with any update but one of tags, when it is told to", () => {
    const more = surroundings();
    expect(found([update(SERVICE, { ...values, health_check_grace_period_seconds: 60 }, values)], more)).toHaveLength(
      1,
    );
    expect(found([update(SERVICE, { ...values, tags: {} }, { ...values, tags: { a: "b" } })], more)).toEqual([]);
    const unforced = { ...values, force_new_deployment: false };
    expect(found([update(SERVICE, { ...unforced, health_check_grace_period_seconds: 60 }, unforced)], more)).toEqual(
      [],
    );
    expect(found([update(SERVICE, unforced, { ...unforced, platform_version: "1.4.0" })], more)).toHaveLength(1);
  });

  it("is an outage when every task may stop first", () => {
    const service = {
      ...values,
      desired_count: 1,
      deployment_minimum_healthy_percent: 0,
      deployment_maximum_percent: 100,
    };
    const change = update(SERVICE, { ...service, task_definition: "a" }, { ...service, task_definition: "b" });
    expect(found([change], surroundings(service))[0]).toMatchObject({ effect: "outage", seconds: { atMost: 250 } });
  });

  it("drains the tasks that a lower count stops", () => {
    const [after, before] = [2, 4].map((count) => ({ ...values, force_new_deployment: false, desired_count: count }));
    expect(found([update(SERVICE, before!, after!)], surroundings(after))[0]).toMatchObject({
      effect: "reconnect",
      what: expect.stringContaining("2 of 4 tasks are drained") as string,
      seconds: { atMost: 100 },
    });
  });

  it("is an outage when it is replaced or destroyed", () => {
    expect(found([replaceOldFirst(SERVICE, values)], surroundings())[0]).toMatchObject({
      effect: "outage",
      seconds: { atMost: 250 },
    });
    const [gone] = found([destroy(SERVICE, values)]);
    expect([gone!.effect, gone!.seconds]).toEqual(["outage", undefined]);
    expect(found([replaceNewFirst(SERVICE, values)], surroundings())[0]).toMatchObject({ effect: "reconnect" });
  });
});

it.each([
  ["aws_lb.x", "outage", "reconnect"],
  ["aws_lb_listener.x", "outage", undefined],
  ["aws_lb_listener_rule.x", "degraded", undefined],
  ["aws_vpc.x", "outage", undefined],
  ["aws_nat_gateway.x", "degraded", undefined],
  ["aws_vpc_security_group_ingress_rule.x", "degraded", undefined],
  ["aws_cloudfront_distribution.x", "outage", undefined],
  ["aws_ecs_cluster.x", "outage", undefined],
  ["aws_db_instance.x", "outage", undefined],
  ["aws_rds_cluster.x", "outage", undefined],
  ["aws_elasticache_replication_group.x", "degraded", undefined],
  ["aws_apigatewayv2_api.x", "outage", undefined],
])("%s interrupts when it goes, and when the old one goes first", (address, gone, newFirst) => {
  expect(effects(destroy(address))).toEqual([gone]);
  expect(effects(replaceOldFirst(address))).toEqual([gone]);
  expect(effects(replaceNewFirst(address))).toEqual(newFirst === undefined ? [] : [newFirst]);
  expect(effects(create(address))).toEqual([]);
  expect(effects(update(address, { tags: {} }, { tags: { a: "b" } }))).toEqual([]);
});

describe("a database", () => {
  const instance = {
    engine_version: "17.2",
    instance_class: "db.m7g.large",
    multi_az: true,
    apply_immediately: true,
    maintenance_window: "sun:19:30-sun:20:30",
  };

  it("fails over for a larger class, and is offline without a standby", () => {
    const [twoZones] = found([update("aws_db_instance.x", instance, { ...instance, instance_class: "db.m7g.xlarge" })]);
    expect(twoZones).toMatchObject({ effect: "degraded", seconds: { atLeast: 60, atMost: 120 }, when: undefined });
    const single = { ...instance, multi_az: false };
    const [oneZone] = found([update("aws_db_instance.x", single, { ...single, instance_class: "db.m7g.xlarge" })]);
    expect(oneZone).toMatchObject({
      effect: "degraded",
      seconds: undefined,
      what: expect.stringContaining("offline for minutes") as string,
    });
  });

  it("is offline for a major version even with a standby", () => {
    const [major] = found([update("aws_db_instance.x", instance, { ...instance, engine_version: "18.1" })]);
    expect(major).toMatchObject({ seconds: undefined, what: expect.stringContaining("offline for minutes") as string });
  });

  it("waits for its maintenance window unless changes apply at once, except for its port", () => {
    const later = { ...instance, apply_immediately: false };
    const [resized] = found([update("aws_db_instance.x", later, { ...later, instance_class: "db.m7g.xlarge" })]);
    expect(resized!.when).toBe("in the maintenance window sun:19:30-sun:20:30 (UTC)");
    const [moved] = found([update("aws_db_instance.x", { ...later, port: 5432 }, { ...later, port: 5433 })]);
    expect(moved).toMatchObject({ effect: "degraded", when: undefined });
  });

  it("is not interrupted by more storage, a standby or longer backups", () => {
    const more = { ...instance, allocated_storage: 100, multi_az: true, backup_retention_period: 14 };
    expect(
      effects(
        update(
          "aws_db_instance.x",
          { ...instance, allocated_storage: 20, multi_az: false, backup_retention_period: 7 },
          more,
        ),
      ),
    ).toEqual([]);
  });
});

it("names the zones that a load balancer leaves", () => {
  expect(found([update("aws_lb.x", { subnets: ["a", "b"] }, { subnets: ["a"] })])[0]).toMatchObject({
    effect: "reconnect",
  });
  expect(effects(update("aws_lb.x", { subnets: ["a"] }, { subnets: ["a", "b"] }))).toEqual([]);
});

describe("instances of an Auto Scaling group", () => {
  const policy = (version: string) => [
    { launch_template: [{ launch_template_specification: [{ launch_template_id: "lt-1", version }] }] },
  ];
  const group = (version: string, more: object = {}) => ({ mixed_instances_policy: policy(version), ...more });
  const refreshed = { instance_refresh: [{ strategy: "Rolling" }] };

  it("are replaced when their template changes in a mixed instances policy, as with a template of the group's own", () => {
    const mixed = update("aws_autoscaling_group.x", group("1", refreshed), group("2", refreshed));
    const own = (version: string) => ({ launch_template: [{ id: "lt-1", version }], ...refreshed });
    expect(effects(mixed)).toEqual(["reconnect"]);
    expect(effects(update("aws_autoscaling_group.x", own("1"), own("2")))).toEqual(["reconnect"]);
  });

  it("stay without an instance refresh, or when only the group's size changes", () => {
    expect(effects(update("aws_autoscaling_group.x", group("1"), group("2")))).toEqual([]);
    const larger = { ...group("1", refreshed), max_size: 9 };
    expect(effects(update("aws_autoscaling_group.x", { ...larger, max_size: 4 }, larger))).toEqual([]);
  });
});

it("judges resources of Terraform modules too, and puts outages first", () => {
  expect(effects(destroy("aws_nat_gateway.x"), destroy("module.edge.aws_lb.x[0]"))).toEqual(["outage", "degraded"]);
});
