import { type TerraformProvider } from "cdktf";
import { type LogRetentionDays } from "../core/log-retention";
import * as kind from "../core/kinds";
import { type ManagedGroupKey } from "./managed-groups";
import { type RateWindowSec } from "./rate-windows";
import { type ForwardedIp, type WafStatement } from "./statements";

export const SCOPES = ["REGIONAL", "CLOUDFRONT"] as const;
export type WafScope = (typeof SCOPES)[number];

export const ANONYMOUS_IP_MODES = ["count", "block", "off"] as const;
export type AnonymousIpMode = (typeof ANONYMOUS_IP_MODES)[number];

export const CUSTOM_ACTIONS = ["allow", "block", "count", "captcha", "challenge"] as const;

/** A rule of one's own. */
export interface WafRule {
  /** Name in metrics and logs; stays for ever. */
  readonly name: string;
  /** What it looks for, made by this module's functions. */
  readonly statement: WafStatement;
  /**
   * What happens to a request that matches; a group of rules brings its own actions, and takes `count` only.
   * @default "block", and a group's own
   */
  readonly action?: (typeof CUSTOM_ACTIONS)[number];
  /**
   * Before AWS's groups, or after them, where their labels can be read.
   * @default "after"
   */
  readonly order?: "before" | "after";
}

export interface WafProps {
  /** Stem of all physical names in here, for example `messenger-crm-prod`. */
  readonly name: string;
  /**
   * `CLOUDFRONT` for a distribution: everything in here then has to be made in us-east-1, through `provider`.
   * @default "REGIONAL"
   */
  readonly scope?: WafScope;
  /**
   * Provider of the region that this is made in.
   * @default the stack's
   */
  readonly provider?: TerraformProvider;
  /**
   * ARNs of load balancers (or APIs, user pools) to guard, each under a name that stays. Not for `CLOUDFRONT`: a distribution names
   * its web ACL itself.
   * @default none
   */
  readonly associateWith?: Readonly<Record<string, string>>;
  /**
   * Whether every rule only counts: for the first days in front of live traffic.
   * @default false
   */
  readonly monitorOnly?: boolean;
  /**
   * Path of the Socket.IO server, with a slash at both ends.
   * @default "/socket.io/"
   */
  readonly socketPath?: string;
  /**
   * IPv4 and IPv6 blocks that are never let in; asked before all else.
   * @default none
   */
  readonly deniedIps?: readonly string[];
  /**
   * IPv4 and IPv6 blocks that no other rule looks at: offices, load tests.
   * @default none
   */
  readonly allowedIps?: readonly string[];
  /**
   * Where the client's address stands, when a proxy stands in front; for limits and IP sets. WAF takes the first address of the header,
   * which any client can invent unless the proxy overwrites the header, and passes requests without it.
   * @default the address that connects
   */
  readonly forwardedIp?: ForwardedIp;
  /**
   * Requests outside the socket path that one address may send in a window, 10 or more; false: no limit. An office behind one address
   * sends many: a page is some 50 requests.
   * @default 5000
   */
  readonly requestRateLimit?: number | false;
  /**
   * New sockets that one address may open in a window, 10 or more; false: no limit. After a deploy everybody reconnects at once.
   * @default 1000
   */
  readonly handshakeRateLimit?: number | false;
  /**
   * Requests inside the socket path that one address may send in a window, 10 or more; false: no limit. A long-polling client sends one
   * for each message and more.
   * @default 30000
   */
  readonly socketRateLimit?: number | false;
  /**
   * Seconds that the limits look back: 60, 120, 300 or 600.
   * @default 300
   */
  readonly rateLimitWindowSec?: RateWindowSec;
  /**
   * What to do with addresses of VPNs, Tor and hosting providers; customers come from there too.
   * @default "count"
   */
  readonly anonymousIps?: AnonymousIpMode;
  /**
   * Whether to look for SQL injection.
   * @default true
   */
  readonly sqlInjection?: boolean;
  /**
   * Rules of AWS's groups that are only to count, by group: `{ common: ["NoUserAgent_HEADER"] }`.
   * @default none
   */
  readonly countedRules?: Readonly<Partial<Record<ManagedGroupKey, readonly string[]>>>;
  /**
   * Rules of one's own.
   * @default none
   */
  readonly customRules?: readonly WafRule[];
  /**
   * Days to keep the log.
   * @default 90
   */
  readonly logRetentionDays?: LogRetentionDays;
  /**
   * Customer managed key for the log; its policy must let CloudWatch Logs use it.
   * @default encryption with a key that AWS owns
   */
  readonly kmsKeyArn?: string;
  /**
   * Whether to log requests that no rule minds too; billed by volume.
   * @default false
   */
  readonly logAllRequests?: boolean;
  /**
   * Headers that the log does not show.
   * @default ["authorization", "cookie"]
   */
  readonly redactedHeaders?: readonly string[];
  /**
   * Whether the log hides query strings: the session id of a polling socket stands there, and whoever has it can speak for its owner.
   * @default true
   */
  readonly redactQueryString?: boolean;
  /**
   * Whether the console shows samples of requests, for 3 hours, with cookies and query strings as they came.
   * @default false
   */
  readonly sampledRequests?: boolean;
}

export const PROPS: kind.Shape<WafProps> = {
  name: kind.string,
  scope: kind.string,
  provider: kind.unknown,
  associateWith: kind.record(kind.string),
  monitorOnly: kind.boolean,
  socketPath: kind.string,
  deniedIps: kind.array(kind.string),
  allowedIps: kind.array(kind.string),
  forwardedIp: kind.object<ForwardedIp>({ headerName: kind.string, fallbackBehavior: kind.string }),
  requestRateLimit: kind.numberOrFalse,
  handshakeRateLimit: kind.numberOrFalse,
  socketRateLimit: kind.numberOrFalse,
  rateLimitWindowSec: kind.number,
  anonymousIps: kind.string,
  sqlInjection: kind.boolean,
  countedRules: kind.record(kind.array(kind.string)),
  customRules: kind.array(
    kind.object<WafRule>({ name: kind.string, statement: kind.unknown, action: kind.string, order: kind.string }),
  ),
  logRetentionDays: kind.number,
  kmsKeyArn: kind.string,
  logAllRequests: kind.boolean,
  redactedHeaders: kind.array(kind.string),
  redactQueryString: kind.boolean,
  sampledRequests: kind.boolean,
};
