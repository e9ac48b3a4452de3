import { type WithDefaults } from "../core/props";
import { type AlbWebsocketProps } from "./props";
import { type AlbServiceProps } from "./alb-service-props";
import { type HealthCheck } from "./health-check";

export const albWebsocketDefaults = {
  internal: false,
  ipAddressType: "ipv4",
  allowInsecureHttp: false,
  redirectHttp: true,
  // AWS recommends it until post-quantum clients are common: TLS 1.3 and 1.2, only forward secrecy and AEAD ciphers.
  sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  heartbeat: { pingIntervalSec: 25, pingTimeoutSec: 20 },
  clientKeepAliveSec: 3600,
  http2: true,
  preserveHostHeader: false,
  xffHeaderProcessingMode: "append",
  desyncMitigationMode: "defensive",
  deletionProtection: true,
} as const satisfies Partial<AlbWebsocketProps>;

export const albServiceDefaults = {
  targetType: "ip",
  transports: ["websocket", "polling"],
  stickiness: true,
  stickinessDurationSec: 86_400,
  slowStartSec: 0,
} as const satisfies Partial<AlbServiceProps>;

export const healthCheckDefaults = {
  path: "/api/health",
  healthyThreshold: 2,
  unhealthyThreshold: 3,
  timeoutSec: 5,
  intervalSec: 30,
  matcher: "200",
} as const satisfies HealthCheck;

export type CompleteAlbWebsocketProps = WithDefaults<AlbWebsocketProps, typeof albWebsocketDefaults>;

export type CompleteHealthCheck = WithDefaults<HealthCheck, typeof healthCheckDefaults>;

export type CompleteAlbServiceProps = WithDefaults<AlbServiceProps, typeof albServiceDefaults> & {
  readonly healthCheck: CompleteHealthCheck;
};
