import { TerraformOutput, type TerraformStack, TerraformVariable } from "cdktf";
import {
  AlbWebsocket,
  type AlbServiceProps,
  type AlbWebsocketProps,
  type ServiceTarget,
} from "../../../modules/alb-websocket";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { type Template } from "../../helpers/template";

const network = {
  vpcId: "vpc-0123456789abcdef0",
  publicSubnetIds: ["subnet-0123456789abcdef1", "subnet-0123456789abcdef2"],
};
const certificateArn = "arn:aws:acm:ap-northeast-1:123456789012:certificate/0123abcd";
const minimal: AlbServiceProps = { containerPort: 3000, keepAliveTimeoutSec: 65 };
type Services = Readonly<Record<string, Partial<AlbServiceProps>>>;

function make(stack: TerraformStack, services: Services, props: Partial<AlbWebsocketProps> = {}) {
  const alb = new AlbWebsocket(stack, "alb", { name: "crm-dev", network, certificateArn, ...props });
  return Object.entries(services).map(([id, service]) => alb.addService(id, { ...minimal, ...service }));
}
const alb = (services: Services, props: Partial<AlbWebsocketProps> = {}) =>
  synthesize((stack) => void make(stack, services, props));
const targetGroup = (props: Partial<AlbServiceProps>, load: Partial<AlbWebsocketProps> = {}) =>
  alb({ web: props }, load).only("aws_lb_target_group");
const refused = (services: Services, props: Partial<AlbWebsocketProps> = {}) =>
  refusal((stack) => void make(stack, services, props));

function waitFor(stack: TerraformStack, { dependencies }: ServiceTarget): void {
  new TerraformOutput(stack, "ready", { value: "yes", dependsOn: [...dependencies] });
}
const waitedFor = (template: Template) => template.json.output!["ready"]!["depends_on"];

describe("a service with its defaults", () => {
  const targets: ServiceTarget[] = [];
  const template = synthesize((stack) => {
    targets.push(...make(stack, { web: {} }));
    waitFor(stack, targets[0]!);
  });

  it("creates a sticky target group that drains for one long poll and balances by outstanding requests", () => {
    expect(template.only("aws_lb_target_group")).toEqual({
      name: "crm-dev-web-1239ae",
      vpc_id: "vpc-0123456789abcdef0",
      target_type: "ip",
      port: 3000,
      protocol: "HTTP",
      protocol_version: "HTTP1",
      health_check: {
        enabled: true,
        protocol: "HTTP",
        port: "traffic-port",
        path: "/api/health",
        healthy_threshold: 2,
        unhealthy_threshold: 3,
        timeout: 5,
        interval: 30,
        matcher: "200",
      },
      stickiness: { enabled: true, type: "lb_cookie", cookie_duration: 86_400 },
      deregistration_delay: 30,
      load_balancing_algorithm_type: "least_outstanding_requests",
      slow_start: 0,
      lifecycle: { create_before_destroy: true },
    });
  });

  it("uses the listener's default action and creates no rule", () => {
    expect(template.resource("aws_lb_listener", "alb/https-listener")["default_action"]).toEqual([
      { type: "forward", target_group_arn: "${aws_lb_target_group.alb_service-web_target-group_FE32784F.arn}" },
    ]);
    expect(template.count("aws_lb_listener_rule")).toBe(0);
  });

  it("exposes its target group in the form that the service constructs take", () => {
    const [target] = targets;
    expect(target).toMatchObject({
      containerPort: 3000,
      deregistrationDelaySec: 30,
      healthySec: 60,
      transports: ["websocket", "polling"],
    });
    expect(waitedFor(template)).toEqual(["${aws_lb_listener.alb_https-listener_680E2C25}"]);
  });
});

describe("couplings", () => {
  it("drains for one ping interval, or for one request when clients never poll", () => {
    const heartbeat = { pingIntervalSec: 60, pingTimeoutSec: 20 };
    const slow = { keepAliveTimeoutSec: 100 };
    expect(targetGroup(slow, { heartbeat })["deregistration_delay"]).toBe(65);
    expect(targetGroup({ ...slow, transports: ["websocket"] }, { heartbeat })["deregistration_delay"]).toBe(15);
    expect(targetGroup({ deregistrationDelaySec: 120 })["deregistration_delay"]).toBe(120);
  });

  it("allows stickiness to be off when clients never poll", () => {
    const props: Partial<AlbServiceProps> = { transports: ["websocket"], stickiness: false };
    expect(targetGroup(props)["stickiness"]).toEqual({ enabled: false, type: "lb_cookie" });
    expect(targetGroup({ transports: ["websocket"] })["stickiness"]).toMatchObject({ enabled: true });
  });

  it("supports stickiness by an application cookie", () => {
    expect(targetGroup({ stickinessCookieName: "io", stickinessDurationSec: 3600 })["stickiness"]).toEqual({
      enabled: true,
      type: "app_cookie",
      cookie_duration: 3600,
      cookie_name: "io",
    });
  });

  it("allows slow start with round robin only", () => {
    const algorithm = (props: Partial<AlbServiceProps>) => targetGroup(props)["load_balancing_algorithm_type"];
    expect(algorithm({ slowStartSec: 30 })).toBe("round_robin");
    expect(algorithm({ loadBalancingAlgorithm: "round_robin" })).toBe("round_robin");
  });

  it("accepts a keep-alive just above the idle timeout", () => {
    expect(targetGroup({ keepAliveTimeoutSec: 61 })["port"]).toBe(3000);
    expect(targetGroup({ keepAliveTimeoutSec: 301 }, { idleTimeoutSec: 300 })["port"]).toBe(3000);
  });

  it("fills in the missing fields of a health check", () => {
    const healthCheck = { path: "/livez", intervalSec: 10, timeoutSec: undefined };
    const targets: ServiceTarget[] = [];
    const template = synthesize((stack) => void targets.push(...make(stack, { web: { healthCheck } })));
    expect(template.only("aws_lb_target_group")["health_check"]).toMatchObject({
      path: "/livez",
      interval: 10,
      timeout: 5,
      healthy_threshold: 2,
    });
    expect(targets[0]!.healthySec).toBe(20);
  });

  it("escapes Terraform's template syntax in the health check's path", () => {
    const { health_check: check } = targetGroup({ healthCheck: { path: "/livez?of=${app}" } });
    expect(check).toMatchObject({ path: "/livez?of=$${app}" });
  });

  it("changes the target group's name with its port, since both exist during the replacement", () => {
    const names = [3000, 3001].map((containerPort) => targetGroup({ containerPort })["name"] as string);
    expect(new Set(names).size).toBe(2);
    expect(targetGroup({ healthCheck: { path: "/livez" } })["name"]).toBe(names[0]);
    const long = alb({ "a-service-with-a-long-name": {} }, { name: "messenger-crm-production" });
    expect(long.only("aws_lb_target_group")["name"]).toMatch(/^[a-z][a-z0-9-]{30}[a-z0-9]$/);
  });

  it("accepts values known only at apply where nothing is computed from them", () => {
    const template = synthesize((stack) => {
      const number = (id: string) => new TerraformVariable(stack, id, { type: "number" }).numberValue;
      const healthCheck = { timeoutSec: number("timeout"), unhealthyThreshold: number("unhealthy") };
      make(stack, { web: { containerPort: number("port"), keepAliveTimeoutSec: number("keep-alive"), healthCheck } });
    });
    expect(template.only("aws_lb_target_group")).toMatchObject({
      port: "${var.port}",
      health_check: { timeout: "${var.timeout}", unhealthy_threshold: "${var.unhealthy}" },
    });
    expect(template.text).not.toContain("TfToken");
    const unknown = (stack: TerraformStack) => {
      const value = new TerraformVariable(stack, "value", { type: "number" }).numberValue;
      make(stack, {
        web: { deregistrationDelaySec: value, healthCheck: { intervalSec: value, healthyThreshold: value } },
      });
    };
    expect(refusal(unknown)).toEqual(
      ["deregistrationDelaySec", "healthCheck.intervalSec", "healthCheck.healthyThreshold"].map(
        (prop) =>
          `[test/alb/service-web] ${prop}: expected a literal number, got a value that is known only at apply. Drain and deploy times are computed from it at synth.`,
      ),
    );
  });
});

describe("several services", () => {
  const rules = (services: Services) =>
    Object.fromEntries(
      Object.entries(alb(services).resources("aws_lb_listener_rule")).map(([path, rule]) => [path, rule["priority"]]),
    );

  it("routes by host and path, and answers 404 otherwise", () => {
    const template = alb({ api: { hosts: ["api.example.com"], paths: ["/v1/*", "/v2/*"] } });
    expect(template.only("aws_lb_listener_rule")).toEqual({
      listener_arn: "${aws_lb_listener.alb_https-listener_680E2C25.arn}",
      priority: 20_139,
      condition: [{ host_header: { values: ["api.example.com"] } }, { path_pattern: { values: ["/v1/*", "/v2/*"] } }],
      action: [
        { type: "forward", target_group_arn: "${aws_lb_target_group.alb_service-api_target-group_97F35D1F.arn}" },
      ],
      lifecycle: { create_before_destroy: true },
    });
    const listener = template.resource("aws_lb_listener", "alb/https-listener");
    expect(listener["default_action"]).toMatchObject([{ type: "fixed-response" }]);
  });

  it("exposes the rule as a dependency of the service", () => {
    const template = synthesize((stack) => {
      const [api] = make(stack, { api: { hosts: ["api.example.com"] } });
      waitFor(stack, api!);
    });
    expect(waitedFor(template)).toEqual(["${aws_lb_listener_rule.alb_rule-20139_70613DE7}"]);
  });

  it("derives a rule's priority from the service's id, not from its position", () => {
    const [a, b, c] = ["a", "b", "c"].map((id) => ({ [id]: { hosts: [`${id}.example.com`] } }));
    expect(rules({ ...a, ...b, ...c })).toEqual(rules({ ...c, ...b, ...a }));
    expect(rules({ ...a, ...c })).toMatchObject(rules({ ...c }));
  });

  it("gives 200 services distinct priorities in AWS's range", () => {
    const services = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`s${index}`, { hosts: [`s${index}.example.com`] }]),
    );
    const priorities = Object.values(rules(services)) as number[];
    expect(new Set(priorities).size).toBe(200);
    expect(Math.min(...priorities)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...priorities)).toBeLessThanOrEqual(50_000);
  });

  it("accepts overlapping rules that both have a priority", () => {
    expect(rules({ api: { paths: ["/api/*"], priority: 10 }, rest: { paths: ["/*"], priority: 20 } })).toEqual({
      "alb/rule-10": 10,
      "alb/rule-20": 20,
    });
  });
});

describe("two services that swap their priorities", () => {
  const swapped = (api: number, admin: number) =>
    alb({ api: { paths: ["/api/*"], priority: api }, admin: { paths: ["/admin/*"], priority: admin } });

  it("keep the rules' addresses and priorities, of which AWS gives none out twice", () => {
    const priorities = (template: Template) =>
      Object.entries(template.resources("aws_lb_listener_rule")).map(([path, { priority }]) => [path, priority]);
    expect(priorities(swapped(10, 20))).toEqual([
      ["alb/rule-10", 10],
      ["alb/rule-20", 20],
    ]);
    expect(priorities(swapped(20, 10)).sort()).toEqual(priorities(swapped(10, 20)));
  });

  it("are found in states in which a rule was part of its service", () => {
    expect(swapped(10, 20).json.moved).toEqual(
      expect.arrayContaining([
        {
          from: expect.stringMatching(/^aws_lb_listener_rule\.alb_service-api_rule_[0-9A-F]{8}$/) as unknown,
          to: expect.stringMatching(/^aws_lb_listener_rule\.alb_rule-10_[0-9A-F]{8}$/) as unknown,
        },
      ]),
    );
  });
});

describe("a service refuses", () => {
  const cases: [string, Partial<AlbServiceProps>, string][] = [
    [
      "a keep-alive that ends before the load balancer's idle timeout",
      { keepAliveTimeoutSec: 60 },
      "keepAliveTimeoutSec: expected more than the load balancer's idle timeout of 60 s, got 60. Set this prop and the server's keep-alive timeout to 65 or more: if the app closes an idle connection first, some requests fail with 502.",
    ],
    [
      "polling without stickiness",
      { stickiness: false },
      'stickiness: expected true while clients may use long-polling, got false. Polling requests would reach different tasks, which answer 400 "Session ID unknown". Keep it true, or set transports to ["websocket"] here and in the app.',
    ],
    [
      "a delay that cuts off a long poll",
      { deregistrationDelaySec: 29 },
      "deregistrationDelaySec: expected at least 30 s, got 29. A long-polling request stays open for up to one ping interval; cutting it off is an error for the client.",
    ],
    [
      "a delay that cuts off a request",
      { deregistrationDelaySec: 5, transports: ["websocket"] },
      "deregistrationDelaySec: expected at least 15 s, got 5. Requests in flight would be cut off.",
    ],
    [
      "a delay beyond AWS's",
      { deregistrationDelaySec: 4000 },
      "deregistrationDelaySec: expected a whole number from 0 to 3600 seconds, got 4000. Leave it out to use the shortest safe delay.",
    ],
    [
      "a slow start with the algorithm that excludes it",
      { slowStartSec: 30, loadBalancingAlgorithm: "least_outstanding_requests" },
      "slowStartSec: expected 0 with least_outstanding_requests, got 30. AWS does not allow the combination: use round_robin, or no slow start.",
    ],
    [
      "a slow start out of range",
      { slowStartSec: 29 },
      "slowStartSec: expected a whole number from 30 to 900 seconds, or 0, got 29. Leave it out for no slow start.",
    ],
    [
      "a cookie name that AWS keeps",
      { stickinessCookieName: "AWSALBAPP-0" },
      'stickinessCookieName: expected the name of a cookie that the app sets, not beginning with AWSALB, got "AWSALBAPP-0". AWS reserves the names AWSALB, AWSALBAPP and AWSALBTG.',
    ],
    [
      "a stickiness of no length",
      { stickinessDurationSec: 0 },
      "stickinessDurationSec: expected a whole number from 1 to 604800 seconds, got 0. AWS allows at most one week.",
    ],
    [
      "a check that may outlast its interval",
      { healthCheck: { timeoutSec: 30 } },
      "healthCheck.timeoutSec: expected less than the interval of 30 s, got 30. AWS refuses a health check that can take longer than its interval.",
    ],
    [
      "a health path without its slash",
      { healthCheck: { path: "api/health" } },
      'healthCheck.path: expected a path that begins with / and has neither spaces, # nor segments of dots, at most 1024 characters, got "api/health". Name the path only, for example /api/health.',
    ],
    [
      "a matcher that is no status code",
      { healthCheck: { matcher: "abc" } },
      'healthCheck.matcher: expected status codes from 200 to 499: 200 or 200,204 or 200-299, got "abc". Use the status code that the health check path returns.',
    ],
    [
      "an interval below AWS's",
      { healthCheck: { intervalSec: 3, timeoutSec: 2 } },
      "healthCheck.intervalSec: expected a whole number from 5 to 300 seconds, got 3. See the ALB user guide, Health check settings.",
    ],
    [
      "a health check prop that does not exist",
      { healthCheck: { timeout: 5 } as never },
      "healthCheck.timeout: expected a prop that exists, got an unknown one. Known props: healthyThreshold, intervalSec, matcher, path, timeoutSec, unhealthyThreshold.",
    ],
    [
      "an invalid port",
      { containerPort: 70_000 },
      "containerPort: expected a whole number from 1 to 65535, got 70000. It is the port inside the task.",
    ],
    [
      "an unknown transport",
      { transports: ["webtransport" as never] },
      "transports: expected at least one of websocket, polling, got [ 'webtransport' ]. List the transports that the app's Socket.IO server allows.",
    ],
    [
      "more conditions than a rule holds",
      { hosts: ["a.example.com", "b.example.com", "c.example.com"], paths: ["/a", "/b", "/c"] },
      "hosts, paths: expected at most 5 values in one rule, got 6. Use wildcards.",
    ],
    [
      "a host with a scheme",
      { hosts: ["https://example.com"] },
      'hosts: expected host names such as chat.example.com or *.example.com, at most 128 characters, got "https://example.com". Leave out scheme, port and path.',
    ],
    [
      "a path without its slash",
      { paths: ["api/*"] },
      'paths: expected paths such as /api/*, at most 128 characters, got "api/*". A path begins with / and has no query string.',
    ],
    [
      "a priority beyond AWS's",
      { paths: ["/api/*"], priority: 50_001 },
      "priority: expected a whole number from 1 to 50000, got 50001. Leave it out to have it computed.",
    ],
    [
      "a priority for the default service",
      { priority: 1 },
      "priority: expected no priority for the default service, got 1. It receives every request that no rule matches. Give it hosts or paths to make it a rule.",
    ],
  ];
  it.each(cases)("%s", (_, props, message) => {
    expect(refused({ web: props })).toEqual([`[test/alb/service-web] ${message}`]);
  });

  it("two default services", () => {
    expect(refused({ web: {}, api: {} })).toEqual([
      '[test/alb/service-api] hosts, paths: expected one service without conditions, got a second one besides "web". Give one of them hosts or paths.',
    ]);
  });

  it("one priority for two rules", () => {
    const services = { a: { hosts: ["a.example.com"], priority: 7 }, b: { hosts: ["b.example.com"], priority: 7 } };
    expect(refused(services)).toEqual([
      '[test/alb/service-b] priority: expected a number that no other service uses, got 7, used by "a". Use another number.',
    ]);
  });

  it("overlapping rules without priorities", () => {
    const services = {
      api: { hosts: ["API.example.com"] },
      socket: { hosts: ["*.example.com"], paths: ["/socket.io/*"] },
    };
    expect(refused(services)).toEqual([
      '[test/alb/service-socket] priority: expected a number here and on "api", because one request could match both, got nothing and nothing. The lower number is evaluated first: give it to the more specific route.',
    ]);
  });

  it.each([
    ["Web", "expected an id of lower-case letters, digits and single hyphens, at most 40"],
    ["", "expected an id of lower-case letters, digits and single hyphens, at most 40"],
  ])("the id %p", (id, expected) => {
    const [line] = refused({ [id]: {} });
    expect(line).toContain(`[test/alb] addService: ${expected}, got "${id}".`);
  });

  it("an id that is taken", () => {
    const twice = (stack: TerraformStack) => {
      const made = new AlbWebsocket(stack, "alb", { name: "crm-dev", network, certificateArn });
      for (const host of ["a", "b"]) made.addService("web", { ...minimal, hosts: [`${host}.example.com`] });
    };
    expect(refusal(twice)).toEqual([
      '[test/alb] addService: expected a different id for each service, got "web". Use another id.',
    ]);
  });
});
