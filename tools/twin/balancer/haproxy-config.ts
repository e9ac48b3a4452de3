import { type LoadBalancer, type Stickiness, type TargetGroup } from "../topology/topology";

/** A server entry of HAProxy for one task. All slots exist from the start; a slot without a task is in maintenance. */
export interface Slot {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** Opaque value of the stickiness cookie. */
  readonly cookie: string;
  /** Whether the slot has a task when the configuration is loaded. */
  readonly registered: boolean;
}

export interface BalancerPlan {
  readonly loadBalancer: LoadBalancer;
  readonly targetGroup: TargetGroup;
  /** Addresses to listen on, all on `port`. */
  readonly addresses: readonly string[];
  readonly port: number;
  readonly slots: readonly Slot[];
  readonly maxConnections: number;
}

/** The backend with the target group's servers and their health checks. */
export const CHECKED = "targets";
/** The backend with the unhealthy servers, used when there are no others: an AWS load balancer fails open. */
export const FAIL_OPEN = "fail-open";

/** Time that an Application Load Balancer gives a target to accept a connection. Source: ALB user guide, "Connection idle timeout". */
const CONNECT_TIMEOUT_SEC = 10;

const ALGORITHMS = {
  round_robin: "roundrobin",
  least_outstanding_requests: "leastconn",
  weighted_random: "random",
} as const;

/** Renders HAProxy's configuration for the attributes of a load balancer and its target group. */
export function haproxyConfig(plan: BalancerPlan): string {
  const sections = [
    globalSection(plan),
    defaultsSection(plan),
    frontend(plan),
    checkedBackend(plan),
    openBackend(plan),
  ];
  return `${sections.map(([head, ...lines]) => [head, ...lines.map((line) => `  ${line}`)].join("\n")).join("\n\n")}\n`;
}

function globalSection({ maxConnections }: BalancerPlan): string[] {
  return ["global", "log stdout format raw local0", `maxconn ${maxConnections}`];
}

function defaultsSection({ loadBalancer, targetGroup }: BalancerPlan): string[] {
  const idle = `${loadBalancer.idleTimeoutSec}s`;
  return [
    "defaults",
    "mode http",
    "log global",
    "option httplog",
    "option dontlognull",
    // A retry would hide errors that clients of an AWS load balancer see.
    "retries 0",
    "no option redispatch",
    `timeout connect ${CONNECT_TIMEOUT_SEC}s`,
    `timeout client ${idle}`,
    `timeout server ${idle}`,
    `timeout tunnel ${idle}`,
    `timeout http-keep-alive ${idle}`,
    `timeout check ${targetGroup.healthCheck.timeoutSec}s`,
  ];
}

function frontend({ loadBalancer, addresses, port, maxConnections }: BalancerPlan): string[] {
  return [
    "frontend listener",
    ...addresses.map((address) => `bind ${address}:${port}`),
    `maxconn ${maxConnections}`,
    ...forwardedFor(loadBalancer.xffHeaderProcessingMode),
    "http-request set-header X-Forwarded-Proto http",
    `http-request set-header X-Forwarded-Port ${port}`,
    `use_backend ${FAIL_OPEN} if { nbsrv(${CHECKED}) eq 0 } { nbsrv(${FAIL_OPEN}) gt 0 }`,
    `default_backend ${CHECKED}`,
  ];
}

function forwardedFor(mode: LoadBalancer["xffHeaderProcessingMode"]): string[] {
  if (mode === "append") return ["option forwardfor"];
  return mode === "remove" ? ["http-request del-header X-Forwarded-For"] : [];
}

function checkedBackend({ targetGroup, loadBalancer, slots }: BalancerPlan): string[] {
  const { healthCheck, slowStartSec } = targetGroup;
  const { intervalSec, healthyThreshold, unhealthyThreshold } = healthCheck;
  const slowStart = slowStartSec > 0 ? ` slowstart ${slowStartSec}s` : "";
  return [
    `backend ${CHECKED}`,
    ...balancing(targetGroup),
    "option httpchk",
    "option log-health-checks",
    `http-check send meth GET uri ${quote(healthCheck.path)} ver HTTP/1.1 hdr Host target hdr User-Agent ELB-HealthChecker/2.0`,
    `http-check expect status ${healthCheck.matcher}`,
    `default-server check inter ${intervalSec}s rise ${healthyThreshold} fall ${unhealthyThreshold}${slowStart}${pool(loadBalancer)}`,
    ...slots.map((slot) => server(slot, slot.registered)),
  ];
}

function openBackend({ targetGroup, loadBalancer, slots }: BalancerPlan): string[] {
  return [
    `backend ${FAIL_OPEN}`,
    ...balancing(targetGroup),
    `default-server${pool(loadBalancer)}`,
    ...slots.map((slot) => server(slot, false)),
  ];
}

function balancing({ algorithm, stickiness }: TargetGroup): string[] {
  return [`balance ${ALGORITHMS[algorithm]}`, "http-reuse always", ...sticky(stickiness)];
}

/** Keeps idle connections to targets as long as those of clients, so that a target with a shorter keep-alive timeout causes 502s, as on AWS. */
function pool({ idleTimeoutSec }: LoadBalancer): string {
  return ` pool-purge-delay ${idleTimeoutSec}s`;
}

function sticky(stickiness: Stickiness): string[] {
  switch (stickiness.kind) {
    case "off":
      return [];
    case "lb_cookie":
      // Renewed with each response, as AWSALB is.
      return [
        `cookie AWSALB insert maxidle ${stickiness.durationSec}s attr ${quote(`Max-Age=${stickiness.durationSec}`)}`,
      ];
    case "app_cookie":
      return [
        `stick-table type string len 256 size 100k expire ${stickiness.durationSec}s`,
        `stick store-response res.cook(${stickiness.cookieName})`,
        `stick match req.cook(${stickiness.cookieName})`,
      ];
  }
}

function server({ name, address, port, cookie }: Slot, enabled: boolean): string {
  return `server ${name} ${address}:${port} cookie ${cookie}${enabled ? "" : " disabled"}`;
}

/** HAProxy's strong quotes: no character inside has a special meaning. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
