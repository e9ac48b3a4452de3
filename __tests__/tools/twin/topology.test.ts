import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../../tools/command-line/user-error";
import { type StateJson } from "../../../tools/terraform/state-json";
import { readTopology } from "../../../tools/twin/topology/read-topology";

type Values = Record<string, unknown>;

/** The applied state of dev, reduced to the types and attributes that are read. */
const SAMPLE = readFileSync(join(__dirname, "fixtures/dev-state.json"), "utf8");

interface EditableState extends StateJson {
  values: { root_module: { resources: { address: string; mode: string; type: string; values: Values }[] } };
}

function sample(): EditableState {
  return JSON.parse(SAMPLE) as EditableState;
}

/** The sample with one resource changed. */
function withValues(type: string, change: (values: Values) => void): EditableState {
  const state = sample();
  for (const resource of state.values.root_module.resources) {
    if (resource.type === type) change(resource.values);
  }
  return state;
}

function without(type: string): EditableState {
  const state = sample();
  const { root_module } = state.values;
  root_module.resources = root_module.resources.filter((resource) => resource.type !== type);
  return state;
}

function block(values: Values, attribute: string): Values {
  return (values[attribute] as Values[])[0]!;
}

/** The sample with its containers changed. */
function withContainers(change: (containers: Values[]) => unknown): EditableState {
  return withValues("aws_ecs_task_definition", (values) => {
    const containers = JSON.parse(values["container_definitions"] as string) as Values[];
    values["container_definitions"] = JSON.stringify(change(containers));
  });
}

describe("a real applied state", () => {
  const topology = readTopology(sample());

  it("contains the load balancer and target group", () => {
    expect(topology.loadBalancer).toEqual({
      dnsName: "messenger-crm-dev-alb-1.ap-northeast-1.elb.amazonaws.com",
      protocol: "HTTP",
      port: 80,
      idleTimeoutSec: 60,
      clientKeepAliveSec: 3600,
      xffHeaderProcessingMode: "append",
    });
    expect(topology.targetGroup).toEqual({
      deregistrationDelaySec: 30,
      algorithm: "least_outstanding_requests",
      slowStartSec: 0,
      stickiness: { kind: "lb_cookie", durationSec: 86_400 },
      healthCheck: {
        path: "/api/health",
        intervalSec: 30,
        timeoutSec: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
        matcher: "200",
      },
    });
  });

  it("contains the service and the bounds of its scaling", () => {
    expect(topology.name).toBe("messenger-crm-dev");
    expect(topology.service).toEqual({
      desiredCount: 2,
      minimumHealthyPercent: 100,
      maximumPercent: 200,
      gracePeriodSec: 240,
      circuitBreaker: { enabled: true, rollback: true },
      containerName: "app",
      containerPort: 3000,
    });
    expect(topology.scaling).toEqual({ minCount: 2, maxCount: 4 });
  });

  it("contains the task with both its containers", () => {
    const { containers, ...task } = topology.task;
    expect(task).toEqual({ family: "messenger-crm-dev", revision: 1, cpu: 256, memoryMiB: 512 });
    expect(containers.map(({ name }) => name)).toEqual(["app", "migration"]);
    const [app, migration] = containers;
    expect(app).toMatchObject({
      essential: true,
      command: undefined,
      dependsOn: [{ container: "migration", condition: "SUCCESS" }],
      stopTimeoutSec: 70,
      healthCheck: undefined,
      isolation: {
        user: "1001:1001",
        readonlyRoot: true,
        init: true,
        droppedCapabilities: ["ALL"],
        volumes: ["/tmp"],
        openFiles: { soft: 65_536, hard: 65_536 },
      },
    });
    expect(app!.environment).toMatchObject({ PORT: "3000", DATABASE_AUTH: "iam", SOCKET_ADAPTER: "redis" });
    expect(Object.keys(app!.secrets)).toEqual([
      "NEXTAUTH_SECRET",
      "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY",
      "SOCKET_TICKET_SECRET",
      "VISITOR_TOKEN_SECRET",
    ]);
    expect(migration).toMatchObject({
      essential: false,
      command: ["node", "migrate.js"],
      startTimeoutSec: 120,
      stopTimeoutSec: 120,
    });
    expect(migration!.secrets).toEqual({ DATABASE_MASTER_CREDENTIALS: topology.database!.masterSecretArn });
  });

  it("contains the database and the cache, with the permissions of the cache's user", () => {
    expect(topology.database).toMatchObject({
      engine: "postgres",
      engineVersion: "17",
      host: "messenger-crm-dev-db.aaaaaaaaaa.ap-northeast-1.rds.amazonaws.com",
      port: 5432,
      name: "messenger_crm",
      masterUser: "dbadmin",
    });
    expect(topology.cache).toMatchObject({
      engine: "valkey",
      engineVersion: "8.0",
      host: "master.messenger-crm-dev-cache.sim.apne1.cache.amazonaws.com",
      port: 6379,
      tls: true,
    });
    expect(topology.cache!.accessString).toContain("~messenger-crm:*");
  });
});

describe("variations", () => {
  it("reads stickiness that is off, or follows a cookie of the app", () => {
    const off = withValues("aws_lb_target_group", (values) => {
      block(values, "stickiness")["enabled"] = false;
    });
    expect(readTopology(off).targetGroup.stickiness).toEqual({ kind: "off" });
    const app = withValues("aws_lb_target_group", (values) => {
      Object.assign(block(values, "stickiness"), { type: "app_cookie", cookie_name: "sid", cookie_duration: 60 });
    });
    expect(readTopology(app).targetGroup.stickiness).toEqual({
      kind: "app_cookie",
      durationSec: 60,
      cookieName: "sid",
    });
  });

  it("finds the listener through one of its rules, and through a weighted forward", () => {
    const weighted = withValues("aws_lb_listener", (values) => {
      const action = block(values, "default_action");
      action["forward"] = [{ target_group: [{ arn: action["target_group_arn"] }] }];
      action["target_group_arn"] = "";
    });
    expect(readTopology(weighted).loadBalancer.port).toBe(80);

    const withRule = withValues("aws_lb_listener", (values) => {
      block(values, "default_action")["target_group_arn"] = "";
    });
    const group = withRule.values.root_module.resources.find(({ type }) => type === "aws_lb_target_group")!;
    const listener = withRule.values.root_module.resources.find(({ type }) => type === "aws_lb_listener")!;
    withRule.values.root_module.resources.push({
      address: "aws_lb_listener_rule.rule",
      mode: "managed",
      type: "aws_lb_listener_rule",
      values: {
        listener_arn: listener.values["arn"],
        action: [{ target_group_arn: group.values["arn"] }],
      },
    });
    expect(readTopology(withRule).loadBalancer.port).toBe(80);
  });

  it("works without autoscaling, circuit breaker, database and cache", () => {
    expect(readTopology(without("aws_appautoscaling_target")).scaling).toBeUndefined();
    expect(readTopology(without("aws_db_instance")).database).toBeUndefined();
    expect(readTopology(without("aws_elasticache_replication_group")).cache).toBeUndefined();
    const bare = withValues("aws_ecs_service", (values) => {
      values["deployment_circuit_breaker"] = [];
      values["health_check_grace_period_seconds"] = null;
    });
    expect(readTopology(bare).service).toMatchObject({
      circuitBreaker: { enabled: false, rollback: false },
      gracePeriodSec: 0,
    });
  });

  it("uses ECS's defaults for a container, and reads its health check", () => {
    const state = withContainers(() => [
      { name: "app", image: "i", healthCheck: { command: ["CMD", "true"], retries: 1 } },
    ]);
    expect(readTopology(state).task.containers).toEqual([
      {
        name: "app",
        image: "i",
        essential: true,
        command: undefined,
        environment: {},
        secrets: {},
        dependsOn: [],
        startTimeoutSec: 120,
        stopTimeoutSec: 30,
        healthCheck: { command: ["CMD", "true"], intervalSec: 30, timeoutSec: 5, retries: 1, startPeriodSec: 0 },
        isolation: {
          user: undefined,
          readonlyRoot: false,
          init: false,
          droppedCapabilities: [],
          volumes: [],
          openFiles: undefined,
        },
      },
    ]);
  });

  it("finds resources in child modules, and ignores data sources", () => {
    const state = sample();
    const { resources } = state.values.root_module;
    const nested: StateJson = {
      values: { root_module: { resources: [{ ...resources[0]!, mode: "data" }], child_modules: [{ resources }] } },
    };
    expect(readTopology(nested).name).toBe("messenger-crm-dev");
  });
});

describe("refuses", () => {
  const refused: [why: string, state: StateJson, message: RegExp][] = [
    ["nothing applied", {}, /nothing is applied\. Run `make up` first/],
    ["no service", without("aws_ecs_service"), /aws_ecs_service: expected exactly one .* got none/],
    ["no target group", without("aws_lb_target_group"), /aws_lb_target_group: expected one with arn .* found none/],
    ["no listener", without("aws_lb_listener"), /aws_lb_listener: expected one that forwards to arn:.* found none/],
    [
      "a service without a load balancer",
      withValues("aws_ecs_service", (values) => {
        values["load_balancer"] = [];
      }),
      /aws_ecs_service\.\S+\.load_balancer: expected a block, got \[\]/,
    ],
    [
      "null for a number",
      withValues("aws_lb", (values) => {
        values["idle_timeout"] = null;
      }),
      /aws_lb\.\S+\.idle_timeout: expected a number, got null/,
    ],
    [
      "an unknown algorithm",
      withValues("aws_lb_target_group", (values) => {
        values["load_balancing_algorithm_type"] = "best";
      }),
      /load_balancing_algorithm_type: expected round_robin or .* got "best"/,
    ],
    [
      "cluster mode",
      withValues("aws_elasticache_replication_group", (values) => {
        values["cluster_enabled"] = true;
      }),
      /cluster_enabled: expected false: the twin runs one Redis, got true/,
    ],
    [
      "container definitions that are not JSON",
      withValues("aws_ecs_task_definition", (values) => {
        values["container_definitions"] = "[";
      }),
      /container_definitions: expected JSON/,
    ],
    ["no containers", withContainers(() => []), /container_definitions: expected containers/],
    [
      "a container without an image",
      withContainers(() => [{ name: "app" }]),
      /expected a name and an image for each container/,
    ],
    [
      "a dependency on nothing",
      withContainers(([app]) => [app]),
      /container app depends on migration, which the task definition does not have/,
    ],
    [
      "an unknown condition",
      withContainers(([app, migration]) => [
        { ...app, dependsOn: [{ containerName: "migration", condition: "DONE" }] },
        migration,
      ]),
      /container app waits for DONE; expected START, COMPLETE, SUCCESS, HEALTHY/,
    ],
    [
      "a load balancer for a missing container",
      withContainers(([app, migration]) => [{ ...app, name: "web" }, migration]),
      /container app is not in the task definition/,
    ],
  ];

  it.each(refused)("%s", (_why, state, message) => {
    expect(() => readTopology(state)).toThrow(UserError);
    expect(() => readTopology(state)).toThrow(message);
  });

  it("two services, by their addresses", () => {
    const state = sample();
    const { resources } = state.values.root_module;
    const service = resources.find(({ type }) => type === "aws_ecs_service")!;
    resources.push({ ...service, address: "aws_ecs_service.second" });
    expect(() => readTopology(state)).toThrow(/got aws_ecs_service\.service_E7C408F2, aws_ecs_service\.second/);
  });
});

it("refuses a service on App Runner, which has no load balancer to imitate", () => {
  const state = sample();
  state.values.root_module.resources.push({
    address: "aws_apprunner_service.service",
    mode: "managed",
    type: "aws_apprunner_service",
    values: {},
  });
  expect(() => readTopology(state)).toThrow(
    "expected tasks behind a load balancer, got a service on App Runner, whose router the twin does not imitate.",
  );
});
