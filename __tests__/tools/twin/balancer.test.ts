import { CHECKED, haproxyConfig, type BalancerPlan } from "../../../tools/twin/balancer/haproxy-config";
import { parseStatistics, parseWorkers } from "../../../tools/twin/balancer/runtime-api";

function plan(targetGroup: Partial<BalancerPlan["targetGroup"]> = {}, loadBalancer = {}): BalancerPlan {
  return {
    loadBalancer: {
      dnsName: "alb.example.com",
      protocol: "HTTP",
      port: 80,
      idleTimeoutSec: 61,
      clientKeepAliveSec: 3600,
      xffHeaderProcessingMode: "append",
      ...loadBalancer,
    },
    targetGroup: {
      deregistrationDelaySec: 30,
      algorithm: "least_outstanding_requests",
      slowStartSec: 0,
      stickiness: { kind: "off" },
      healthCheck: {
        path: "/api/health",
        intervalSec: 30,
        timeoutSec: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
        matcher: "200-299",
      },
      ...targetGroup,
    },
    addresses: ["127.0.0.1", "127.64.0.1"],
    port: 8080,
    slots: [
      { name: "slot-1", address: "127.64.1.1", port: 3000, cookie: "abc", registered: true },
      { name: "slot-2", address: "127.64.1.2", port: 3000, cookie: "def", registered: false },
    ],
    maxConnections: 1000,
  };
}

function lines(of: BalancerPlan): string[] {
  return haproxyConfig(of)
    .split("\n")
    .map((line) => line.trim());
}

describe("the configuration", () => {
  it("sets all idle timeouts from the load balancer's, and never retries", () => {
    expect(lines(plan())).toEqual(
      expect.arrayContaining([
        "timeout client 61s",
        "timeout server 61s",
        "timeout tunnel 61s",
        "timeout http-keep-alive 61s",
        "retries 0",
        "no option redispatch",
        "bind 127.0.0.1:8080",
        "bind 127.64.0.1:8080",
      ]),
    );
  });

  it("uses the target group's health check", () => {
    expect(lines(plan())).toEqual(
      expect.arrayContaining([
        "timeout check 5s",
        "http-check send meth GET uri '/api/health' ver HTTP/1.1 hdr Host target hdr User-Agent ELB-HealthChecker/2.0",
        "http-check expect status 200-299",
        "default-server check inter 30s rise 2 fall 3 pool-purge-delay 61s",
      ]),
    );
    expect(lines(plan({ slowStartSec: 40 })).join("\n")).toContain("fall 3 slowstart 40s");
  });

  it("starts with the slots that have a task, and all others in maintenance", () => {
    const checked = lines(plan()).slice(lines(plan()).indexOf(`backend ${CHECKED}`));
    expect(checked).toContain("server slot-1 127.64.1.1:3000 cookie abc");
    expect(checked).toContain("server slot-2 127.64.1.2:3000 cookie def disabled");
  });

  it.each([
    [{ kind: "off" } as const, []],
    [{ kind: "lb_cookie", durationSec: 60 } as const, ["cookie AWSALB insert maxidle 60s attr 'Max-Age=60'"]],
    [
      { kind: "app_cookie", durationSec: 60, cookieName: "sid" } as const,
      ["stick-table type string len 256 size 100k expire 60s", "stick store-response res.cook(sid)"],
    ],
  ])("sticks by %j", (stickiness, expected) => {
    const text = lines(plan({ stickiness }));
    expect(text).toEqual(expect.arrayContaining([...expected]));
    expect(text.some((line) => /^(cookie|stick)/.test(line))).toBe(stickiness.kind !== "off");
  });

  it.each([
    ["round_robin", "balance roundrobin"],
    ["least_outstanding_requests", "balance leastconn"],
    ["weighted_random", "balance random"],
  ] as const)("balances by %s", (algorithm, line) => {
    expect(lines(plan({ algorithm }))).toContain(line);
  });

  it.each([
    ["append", "option forwardfor"],
    ["remove", "http-request del-header X-Forwarded-For"],
    ["preserve", undefined],
  ])("applies %s to X-Forwarded-For", (xffHeaderProcessingMode, line) => {
    const text = lines(plan({}, { xffHeaderProcessingMode }));
    const found = text.filter((candidate) => candidate === "option forwardfor" || candidate.includes("del-header"));
    expect(found).toEqual(line === undefined ? [] : [line]);
  });

  it("quotes a health check's path, so that it cannot add directives", () => {
    const healthCheck = { ...plan().targetGroup.healthCheck, path: "/a'b c" };
    expect(lines(plan({ healthCheck })).join("\n")).toContain("uri '/a'\\''b c' ver");
  });
});

describe("the runtime interface", () => {
  it("reads statistics by their columns' names", () => {
    const csv = "# pxname,svname,scur,status,check_status,\napp,slot-1,3,UP,L7OK,\napp,slot-2,,DOWN 1/2,* L4CON,\n";
    expect([...parseStatistics(csv)]).toEqual([
      ["slot-1", { status: "UP", lastCheck: "L7OK", sessions: 3 }],
      ["slot-2", { status: "DOWN 1/2", lastCheck: "L4CON", sessions: 0 }],
    ]);
    expect(parseStatistics("").size).toBe(0);
  });

  it("distinguishes the listening worker from those that only serve old connections", () => {
    const head = "#<PID> <type> <reloads> <uptime> <version>\n7 master 1 [failed: 0] 0d00h00m06s 2.6.12\n# workers\n";
    expect(parseWorkers(`${head}9 worker 0 0d00h00m00s 2.6.12\n# programs\n`)).toEqual({ current: 9, old: [] });
    const old = "# old workers\n8 worker 1 0d00h00m01s 2.6.12\n# programs\n";
    expect(parseWorkers(`${head}9 worker 0 0d00h00m00s 2.6.12\n${old}`)).toEqual({ current: 9, old: [8] });
    expect(parseWorkers(head)).toEqual({ current: undefined, old: [] });
  });
});
