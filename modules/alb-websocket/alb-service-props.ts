import * as kind from "../core/kinds";
import { HEALTH_CHECK_PROPS, type HealthCheck } from "./health-check";

export const TRANSPORTS = ["websocket", "polling"] as const;

/** How Socket.IO clients connect. `polling` is HTTP long-polling, the fallback where proxies break WebSockets. */
export type Transport = (typeof TRANSPORTS)[number];

export const LOAD_BALANCING_ALGORITHMS = ["round_robin", "least_outstanding_requests"] as const;
export type LoadBalancingAlgorithm = (typeof LOAD_BALANCING_ALGORITHMS)[number];

export const TARGET_TYPES = ["ip", "instance"] as const;

export interface AlbServiceProps {
  /** Port that the container listens on. Changing it interrupts: requests fail until tasks are registered in a second target group. */
  readonly containerPort: number;
  /**
   * What is registered as a target: the addresses of tasks on Fargate (`ip`), or the instances of an Auto Scaling group.
   * Changing it interrupts, as with `containerPort`.
   * @default "ip"
   */
  readonly targetType?: (typeof TARGET_TYPES)[number] | undefined;
  /**
   * Seconds that the app's HTTP server keeps an idle connection open (Node: `server.keepAliveTimeout`, 5 s by default). Must be longer
   * than the load balancer's idle timeout; otherwise the app sometimes closes a connection while a request is on its way, and the user
   * sees a 502.
   */
  readonly keepAliveTimeoutSec: number;
  /**
   * How the load balancer decides whether a target can receive requests.
   * @default GET /api/health every 30 s, 5 s to answer 200; 2 successes or 3 failures decide
   */
  readonly healthCheck?: HealthCheck | undefined;
  /**
   * Host names (`*` and `?` allowed) that this service answers for.
   * @default any
   */
  readonly hosts?: readonly string[] | undefined;
  /**
   * Paths (`*` and `?` allowed) that this service answers for. Without hosts and paths it is the default service, which receives every other request.
   * @default any
   */
  readonly paths?: readonly string[] | undefined;
  /**
   * Order of the rules: 1 is evaluated first, 50000 last. Required where two services could match one request. A literal, because it is
   * part of the rule's address: services may swap their priorities in one apply.
   * @default computed from the service's id
   */
  readonly priority?: number | undefined;
  /**
   * Transports that clients may use.
   * @default ["websocket", "polling"]
   */
  readonly transports?: readonly Transport[] | undefined;
  /**
   * Whether all requests of a client go to the same task. May be false only where clients never use long-polling.
   * @default true
   */
  readonly stickiness?: boolean | undefined;
  /**
   * Seconds for which a client sticks to a task, 1 to 604800.
   * @default 86400
   */
  readonly stickinessDurationSec?: number | undefined;
  /**
   * Name of an application cookie that stickiness follows.
   * @default the load balancer's own cookie
   */
  readonly stickinessCookieName?: string | undefined;
  /**
   * Seconds for which a deregistered task may finish its requests, 0 to 3600. ECS waits the whole time while one WebSocket is open, so
   * it lengthens every step of a deployment.
   * @default the shortest delay that cuts off no request: 30 with a ping interval of 25 s, 15 for clients that never use long-polling
   */
  readonly deregistrationDelaySec?: number | undefined;
  /**
   * How a target is chosen for a new connection. Connections last for hours, so after a deployment only `least_outstanding_requests`
   * evens them out; `round_robin` leaves the task that started last nearly empty.
   * @default "least_outstanding_requests", or "round_robin" with a slow start
   */
  readonly loadBalancingAlgorithm?: LoadBalancingAlgorithm | undefined;
  /**
   * Seconds over which a new target's share of requests grows to its full size: 0, or 30 to 900. Only with `round_robin`.
   * @default 0
   */
  readonly slowStartSec?: number | undefined;
}

export const SERVICE_PROPS: kind.Shape<AlbServiceProps> = {
  containerPort: kind.number,
  targetType: kind.literalOneOf(TARGET_TYPES, "Tasks are registered by address, instances by id."),
  keepAliveTimeoutSec: kind.number,
  healthCheck: kind.object(HEALTH_CHECK_PROPS),
  hosts: kind.array(kind.string),
  paths: kind.array(kind.string),
  priority: kind.number,
  transports: kind.array(kind.string),
  stickiness: kind.boolean,
  stickinessDurationSec: kind.number,
  stickinessCookieName: kind.string,
  deregistrationDelaySec: kind.number,
  loadBalancingAlgorithm: kind.oneOf(LOAD_BALANCING_ALGORITHMS, "Other algorithms do not suit long-lived connections."),
  slowStartSec: kind.number,
};
