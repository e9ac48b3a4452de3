import { type TerraformStack } from "cdktf";
import { type AlbServiceProps, AlbWebsocket, type AlbWebsocketProps } from "../../modules/alb-websocket";
import { Cache, type CacheProps } from "../../modules/cache";
import { FargateService, type FargateServiceProps } from "../../modules/fargate-service";
import { Network } from "../../modules/network";
import { refusal } from "../helpers/refusal";
import { synthesize } from "../helpers/synth";
import { parsed, type Template } from "../helpers/template";

// Each coupling of docs/architecture.md, "WebSocket-correct by construction": once when it is met, once when it is refused.

interface Overrides {
  readonly alb?: Partial<AlbWebsocketProps>;
  readonly target?: Partial<AlbServiceProps>;
  readonly service?: Partial<FargateServiceProps>;
  readonly cache?: Partial<CacheProps>;
}

const build =
  ({ alb, target, service, cache }: Overrides = {}) =>
  (stack: TerraformStack): void => {
    const network = new Network(stack, "network", {
      name: "chat",
      availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"],
    });
    const redis = new Cache(stack, "cache", { name: "chat", network, ...cache });
    const balancer = new AlbWebsocket(stack, "alb", { name: "chat", network, allowInsecureHttp: true, ...alb });
    new FargateService(stack, "service", {
      name: "chat",
      network,
      image: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/chat:1.0.0",
      containerPort: 3000,
      drainSec: 60,
      desiredCount: 2,
      fanOut: { adapter: "redis", supportedAdapters: redis.supportedAdapters },
      loadBalancer: balancer.addService("web", { containerPort: 3000, keepAliveTimeoutSec: 75, ...target }),
      ...service,
    });
  };

const made = (overrides?: Overrides): Template => synthesize(build(overrides));
const refused = (overrides: Overrides): string => refusal(build(overrides)).join("\n");
const scaling = { minCount: 2, maxCount: 4, connectionsPerTask: 1000 };
const connectionMetric = { namespace: "Chat", metricName: "OpenConnections", dimensions: { Service: "chat" } };

describe("idle timeout and heartbeat", () => {
  it("keeps the idle timeout above the heartbeat's longest silence", () => {
    expect(made().only("aws_lb")["idle_timeout"]).toBe(60);
    const slow = {
      alb: { heartbeat: { pingIntervalSec: 60, pingTimeoutSec: 30 } },
      target: { keepAliveTimeoutSec: 120 },
    };
    expect(made(slow).only("aws_lb")["idle_timeout"]).toBe(105);
  });

  it("refuses an idle timeout that cuts healthy connections", () => {
    expect(refused({ alb: { idleTimeoutSec: 45 } })).toContain("[test/alb] idleTimeoutSec: expected");
  });

  it("accepts a keep-alive longer than the idle timeout, and refuses Node's default of 5 s", () => {
    expect(made({ target: { keepAliveTimeoutSec: 61 } }).count("aws_lb_target_group")).toBe(1);
    for (const keepAliveTimeoutSec of [5, 60]) {
      expect(refused({ target: { keepAliveTimeoutSec } })).toContain("keepAliveTimeoutSec: expected");
    }
  });
});

describe("stickiness and long-polling", () => {
  it("is on by default, and may be off for clients that never poll", () => {
    expect(made().only("aws_lb_target_group")["stickiness"]).toEqual({
      enabled: true,
      type: "lb_cookie",
      cookie_duration: 86400,
    });
    const off = made({ target: { stickiness: false, transports: ["websocket"] } }).only("aws_lb_target_group");
    expect(off["stickiness"]).toMatchObject({ enabled: false });
  });

  it("cannot be off while clients may poll", () => {
    expect(refused({ target: { stickiness: false } })).toMatch(/stickiness: expected .*Session ID unknown/);
  });
});

describe("one drain budget", () => {
  it("determines the times of the load balancer, the container and the deploy", () => {
    const template = made();
    expect(template.only("aws_lb_target_group")["deregistration_delay"]).toBe(30);
    const [app] = parsed(template.only("aws_ecs_task_definition")["container_definitions"]) as {
      stopTimeout: number;
    }[];
    expect(app!.stopTimeout).toBe(70);
  });

  it("refuses a stop timeout above Fargate's limit, and a delay of 5 s", () => {
    expect(refused({ service: { drainSec: 115 } })).toMatch(/drainSec: expected .*110/);
    expect(refused({ target: { deregistrationDelaySec: 5 } })).toContain("deregistrationDelaySec: expected");
  });

  it("refuses a deploy that takes longer than Terraform waits", () => {
    expect(refused({ service: { deployTimeoutSec: 120 } })).toContain("deployTimeoutSec: expected");
  });
});

describe("rolling deploys", () => {
  it("can make progress, and roll back", () => {
    expect(made().only("aws_ecs_service")).toMatchObject({
      deployment_minimum_healthy_percent: 100,
      deployment_maximum_percent: 200,
      deployment_circuit_breaker: { enable: true, rollback: true },
    });
    const alarmed = made({ service: { rollbackAlarmNames: ["chat-5xx"] } }).only("aws_ecs_service");
    expect(alarmed["alarms"]).toEqual({ enable: true, rollback: true, alarm_names: ["chat-5xx"] });
  });

  it("are refused when they could never replace a task", () => {
    expect(refused({ service: { minimumHealthyPercent: 100, maximumPercent: 100 } })).toMatch(/ercent: expected/);
  });
});

describe("fan-out", () => {
  it("requires an adapter only when there can be more than one task", () => {
    expect(made({ service: { desiredCount: 1, fanOut: undefined } }).count("aws_ecs_service")).toBe(1);
    expect(refused({ service: { fanOut: undefined } })).toContain("fanOut: expected");
    expect(refused({ service: { fanOut: { adapter: "in-memory" } } })).toContain("fanOut");
    expect(
      refused({ service: { desiredCount: 1, autoscaling: scaling, connectionMetric, fanOut: undefined } }),
    ).toContain("fanOut");
  });

  it("requires an adapter that the kind of cache supports", () => {
    const sharded: Overrides = { cache: { kind: "cluster", adapter: "sharded-redis" } };
    expect(refused({ ...sharded })).toContain("[test/service] fanOut");
    expect(refused({ cache: { kind: "serverless", adapter: "redis" } })).toContain("[test/cache] adapter: expected");
  });
});

describe("slow start", () => {
  it("is allowed with round robin only", () => {
    expect(made({ target: { slowStartSec: 60 } }).only("aws_lb_target_group")).toMatchObject({
      slow_start: 60,
      load_balancing_algorithm_type: "round_robin",
    });
    const pair = { slowStartSec: 60, loadBalancingAlgorithm: "least_outstanding_requests" } as const;
    expect(refused({ target: pair })).toContain("slowStartSec: expected");
  });
});

describe("autoscaling", () => {
  it("follows open connections and CPU, scales in slowly, and owns the desired count", () => {
    const template = made({ service: { autoscaling: scaling, connectionMetric } });
    expect(template.count("aws_appautoscaling_policy")).toBe(2);
    for (const policy of Object.values(template.resources("aws_appautoscaling_policy"))) {
      const { scale_in_cooldown, scale_out_cooldown } = policy[
        "target_tracking_scaling_policy_configuration"
      ] as Record<string, number>;
      expect([scale_out_cooldown, scale_in_cooldown]).toEqual([60, 300]);
    }
    expect(template.only("aws_ecs_service")["lifecycle"]).toMatchObject({ ignore_changes: ["desired_count"] });
    expect(made().only("aws_ecs_service")["lifecycle"]).not.toHaveProperty("ignore_changes");
  });

  it("refuses a target for connections that no metric reports", () => {
    expect(refused({ service: { autoscaling: scaling } })).toContain("connectionMetric");
  });
});
