import { type WithDefaults } from "../core/props";
import { type WafProps } from "./props";

export const wafDefaults = {
  scope: "REGIONAL",
  associateWith: {},
  monitorOnly: false,
  socketPath: "/socket.io/",
  deniedIps: [],
  allowedIps: [],
  requestRateLimit: 5000,
  handshakeRateLimit: 1000,
  socketRateLimit: 30_000,
  rateLimitWindowSec: 300,
  anonymousIps: "count",
  sqlInjection: true,
  countedRules: {},
  customRules: [],
  logRetentionDays: 90,
  logAllRequests: false,
  redactedHeaders: ["authorization", "cookie"],
  redactQueryString: true,
  sampledRequests: false,
} as const satisfies Partial<WafProps>;

/** The props of a web ACL with the defaults filled in. */
export type CompleteWafProps = WithDefaults<WafProps, typeof wafDefaults>;
