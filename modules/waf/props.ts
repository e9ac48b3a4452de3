import { type TerraformProvider } from "cdktf";
import { LOG_RETENTION_DAYS, type LogRetentionDays } from "../core/log-retention";
import * as kind from "../core/kinds";
import { type ManagedGroupKey } from "./managed-groups";
import { RATE_WINDOWS_SEC, type RateWindowSec } from "./rate-windows";
import { FORWARDED_IP, type ForwardedIp, type WafStatement } from "./statements";

export const SCOPES = ["REGIONAL", "CLOUDFRONT"] as const;
export type WafScope = (typeof SCOPES)[number];

export const ANONYMOUS_IP_MODES = ["count", "block", "off"] as const;
export type AnonymousIpMode = (typeof ANONYMOUS_IP_MODES)[number];

export const CUSTOM_RULE_ORDERS = ["before", "after"] as const;

export const CUSTOM_ACTIONS = ["allow", "block", "count", "captcha", "challenge"] as const;

/** A custom rule. */
export interface WafRule {
  /** Name in metrics and logs; must not change later. */
  readonly name: string;
  /** What the rule matches, made by this module's functions. */
  readonly statement: WafStatement;
  /**
   * What happens to a matching request. The rules of a group have their own actions; a group accepts only `count`.
   * @default "block", or the actions of a rule group
   */
  readonly action?: (typeof CUSTOM_ACTIONS)[number] | undefined;
  /**
   * Whether the rule is evaluated before AWS's groups, or after them, where it can match their labels.
   * @default "after"
   */
  readonly order?: (typeof CUSTOM_RULE_ORDERS)[number] | undefined;
}

export interface WafProps {
  /** Stem of all physical names in this construct, for example `messenger-crm-prod`. */
  readonly name: string;
  /**
   * `CLOUDFRONT` for a distribution; every resource must then be created in us-east-1, through `provider`.
   * @default "REGIONAL"
   */
  readonly scope?: WafScope | undefined;
  /**
   * Provider of the region in which the web ACL is created.
   * @default the stack's provider
   */
  readonly provider?: TerraformProvider | undefined;
  /**
   * ARNs of load balancers (or APIs, user pools) to protect. The keys become part of addresses and must not change. Not for `CLOUDFRONT`:
   * a distribution refers to its web ACL itself.
   * @default none
   */
  readonly associateWith?: Readonly<Record<string, string>> | undefined;
  /**
   * Whether every rule only counts, for the first days with live traffic.
   * @default false
   */
  readonly monitorOnly?: boolean | undefined;
  /**
   * Path of the Socket.IO server, with a slash at both ends.
   * @default "/socket.io/"
   */
  readonly socketPath?: string | undefined;
  /**
   * IPv4 and IPv6 blocks that are always denied; evaluated first.
   * @default none
   */
  readonly deniedIps?: readonly string[] | undefined;
  /**
   * IPv4 and IPv6 blocks that skip all other rules, such as offices and load tests.
   * @default none
   */
  readonly allowedIps?: readonly string[] | undefined;
  /**
   * Where the client's address is when a proxy is in front; used by limits and IP sets. Limits use the first address of the header, which a
   * client can forge unless the proxy overwrites the header, and do not apply to requests without it.
   * @default the address that connects
   */
  readonly forwardedIp?: ForwardedIp | undefined;
  /**
   * Requests outside the socket path that one address may send in a window, 10 or more; false disables the limit. An office behind one
   * address sends many: a page takes about 50 requests.
   * @default 5000
   */
  readonly requestRateLimit?: number | false | undefined;
  /**
   * New connections that one address may open in a window, 10 or more; false disables the limit. After a deployment all clients reconnect
   * at once.
   * @default 1000
   */
  readonly handshakeRateLimit?: number | false | undefined;
  /**
   * Requests inside the socket path that one address may send in a window, 10 or more; false disables the limit. A long-polling client
   * sends at least one for each message.
   * @default 30000
   */
  readonly socketRateLimit?: number | false | undefined;
  /**
   * Length of the limits' window in seconds: 60, 120, 300 or 600.
   * @default 300
   */
  readonly rateLimitWindowSec?: RateWindowSec | undefined;
  /**
   * What to do with addresses of VPNs, Tor and hosting providers; customers use them too.
   * @default "count"
   */
  readonly anonymousIps?: AnonymousIpMode | undefined;
  /**
   * Whether to include AWS's rule group against SQL injection.
   * @default true
   */
  readonly sqlInjection?: boolean | undefined;
  /**
   * Rules of AWS's groups that only count, by group: `{ common: ["NoUserAgent_HEADER"] }`.
   * @default none
   */
  readonly countedRules?: Readonly<Partial<Record<ManagedGroupKey, readonly string[]>>> | undefined;
  /**
   * Custom rules.
   * @default none
   */
  readonly customRules?: readonly WafRule[] | undefined;
  /**
   * Days to keep the log.
   * @default 90
   */
  readonly logRetentionDays?: LogRetentionDays | undefined;
  /**
   * Customer managed key for the log; its policy must let CloudWatch Logs use it.
   * @default encryption with a key that AWS owns
   */
  readonly kmsKeyArn?: string | undefined;
  /**
   * Whether to log also requests that no rule blocks or counts; billed by volume.
   * @default false
   */
  readonly logAllRequests?: boolean | undefined;
  /**
   * Headers that the log redacts.
   * @default ["authorization", "cookie"]
   */
  readonly redactedHeaders?: readonly string[] | undefined;
  /**
   * Whether the log redacts query strings. The query string of a long-polling request holds the session id, which lets its holder act as
   * the client.
   * @default true
   */
  readonly redactQueryString?: boolean | undefined;
  /**
   * Whether the console shows samples of requests for 3 hours, with unredacted cookies and query strings.
   * @default false
   */
  readonly sampledRequests?: boolean | undefined;
}

export const PROPS: kind.Shape<WafProps> = {
  name: kind.string,
  scope: kind.literalOneOf(SCOPES, "Use REGIONAL for a load balancer, CLOUDFRONT for a distribution."),
  provider: kind.unknown,
  associateWith: kind.record(kind.string),
  monitorOnly: kind.boolean,
  socketPath: kind.string,
  deniedIps: kind.array(kind.string),
  allowedIps: kind.array(kind.string),
  forwardedIp: FORWARDED_IP,
  requestRateLimit: kind.numberOrFalse,
  handshakeRateLimit: kind.numberOrFalse,
  socketRateLimit: kind.numberOrFalse,
  rateLimitWindowSec: kind.oneOf(RATE_WINDOWS_SEC, "WAF supports no other windows."),
  anonymousIps: kind.literalOneOf(ANONYMOUS_IP_MODES, "The README describes these addresses."),
  sqlInjection: kind.boolean,
  countedRules: kind.record(kind.array(kind.string)),
  customRules: kind.array(
    kind.object<WafRule>({
      name: kind.string,
      statement: kind.unknown,
      action: kind.literalOneOf(CUSTOM_ACTIONS, "Leave it out to block, or to keep the actions of a rule group."),
      order: kind.literalOneOf(CUSTOM_RULE_ORDERS, "It is relative to AWS's rule groups."),
    }),
  ),
  logRetentionDays: kind.oneOf(LOG_RETENTION_DAYS, "Use a value that CloudWatch Logs accepts."),
  kmsKeyArn: kind.string,
  logAllRequests: kind.boolean,
  redactedHeaders: kind.array(kind.string),
  redactQueryString: kind.boolean,
  sampledRequests: kind.boolean,
};
