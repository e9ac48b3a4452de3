import * as kind from "../core/kinds";
import { HEALTH_CHECK_PROPS, type HealthCheck } from "./health-check";

export const TRANSPORTS = ["websocket", "polling"] as const;

/** How Socket.IO clients connect: `polling` is HTTP long-polling, the fallback where proxies break WebSockets. */
export type Transport = (typeof TRANSPORTS)[number];

export const LOAD_BALANCING_ALGORITHMS = ["round_robin", "least_outstanding_requests"] as const;
export type LoadBalancingAlgorithm = (typeof LOAD_BALANCING_ALGORITHMS)[number];

export interface AlbServiceProps {
  /** Port that the container listens on. Changing it makes a new target group beside the old one, and then switches over. */
  readonly containerPort: number;
  /**
   * Seconds that the app's HTTP server keeps an idle connection open (Node: `server.keepAliveTimeout`, 5 s unless set). Has to be
   * longer than the load balancer's idle timeout: otherwise the app now and then closes a connection just as a request is on its
   * way, and the user sees a 502.
   */
  readonly keepAliveTimeoutSec: number;
  /**
   * How the load balancer finds out whether a target can take requests.
   * @default GET /api/health every 30 s, 5 s to answer 200; 2 successes or 3 failures decide
   */
  readonly healthCheck?: HealthCheck;
  /**
   * Host names (`*` and `?` allowed) that this service answers for.
   * @default any
   */
  readonly hosts?: readonly string[];
  /**
   * Paths (`*` and `?` allowed) that this service answers for. Neither hosts nor paths: the default service, which takes the rest.
   * @default any
   */
  readonly paths?: readonly string[];
  /**
   * Which rule is asked first, 1 before 50000. Needed where two services could match one request.
   * @default computed from the service's id
   */
  readonly priority?: number;
  /**
   * What clients may connect with.
   * @default ["websocket", "polling"]
   */
  readonly transports?: readonly Transport[];
  /**
   * Whether a client's requests all go to the same task. May be off only where clients never poll.
   * @default true
   */
  readonly stickiness?: boolean;
  /**
   * Seconds for which a client sticks to a task, 1 to 604800.
   * @default 86400
   */
  readonly stickinessDurationSec?: number;
  /**
   * Cookie of the application that starts the stickiness.
   * @default a cookie that the load balancer makes
   */
  readonly stickinessCookieName?: string;
  /**
   * Longest that a task, taken out of service, may finish its requests, 0 to 3600 s. ECS waits for all of it while one WebSocket
   * is open, so it is added to every step of a deploy.
   * @default the shortest that cuts off no request: 30 with a ping interval of 25 s, 15 for clients that never poll
   */
  readonly deregistrationDelaySec?: number;
  /**
   * How targets are chosen for a new connection. Sockets stay where they are for hours, so after a deploy only the least loaded
   * target evens them out; `round_robin` leaves the last task that started nearly empty.
   * @default "least_outstanding_requests", or "round_robin" with a slow start
   */
  readonly loadBalancingAlgorithm?: LoadBalancingAlgorithm;
  /**
   * Seconds over which a new target's share grows to its full size: 0, or 30 to 900. Only with `round_robin`.
   * @default 0
   */
  readonly slowStartSec?: number;
}

export const SERVICE_PROPS: kind.Shape<AlbServiceProps> = {
  containerPort: kind.number,
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
  loadBalancingAlgorithm: kind.string,
  slowStartSec: kind.number,
};
