import { MANAGED_GROUPS, type ManagedGroupKey } from "./managed-groups";
import {
  and,
  byteMatch,
  label,
  managedGroup,
  not,
  or,
  rateBased,
  regex,
  type Statement,
  type WafStatement,
} from "./statements";
import { type CompleteWafProps } from "./defaults";
import { type WafRule } from "./props";

/** A rule of the web ACL. The action `limit` blocks with 429; `group` leaves the actions to the rule group. */
export interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly statement: WafStatement;
  readonly action: NonNullable<WafRule["action"]> | "limit" | "group";
}

/** Statements for the IP sets, where there are any. */
export interface IpSets {
  readonly denied?: Statement | undefined;
  readonly allowed?: Statement | undefined;
}

/**
 * Priorities of the rules; the lowest is evaluated first. Cheap and certain rules come first, then AWS's groups, last the rules that match
 * the groups' labels. Turning an option on or off renumbers no other rule.
 */
const PRIORITIES = {
  "denied-ips": 10,
  "allowed-ips": 20,
  "ip-reputation": 30,
  "request-rate": 40,
  "handshake-rate": 50,
  "socket-rate": 60,
  before: 100,
  common: 1000,
  "known-bad-inputs": 1010,
  "sql-injection": 1020,
  "anonymous-ip": 1030,
  "body-outside-socket": 1040,
  after: 2000,
} as const;

export const BUILT_IN_RULE_NAMES: readonly string[] = Object.keys(PRIORITIES);

/** Builds the rules of the web ACL in the order of their priorities. */
export function buildRules(props: CompleteWafProps, ipSets: IpSets): Rule[] {
  return [
    ...(ipSets.denied ? [rule("denied-ips", ipSets.denied, "block")] : []),
    ...(ipSets.allowed ? [rule("allowed-ips", ipSets.allowed, "allow")] : []),
    group("ip-reputation", props),
    ...rateRules(props),
    ...customRules(props, "before"),
    group("common", props),
    group("known-bad-inputs", props),
    ...(props.sqlInjection ? [group("sql-injection", props)] : []),
    ...(props.anonymousIps === "off" ? [] : [anonymousIps(props)]),
    ...bodyRules(props),
    ...customRules(props, "after"),
  ];
}

function rule(name: keyof typeof PRIORITIES, statement: WafStatement, action: Rule["action"]): Rule {
  return { name, priority: PRIORITIES[name], statement, action };
}

/** Matches requests to the Socket.IO server as Engine.IO does: by the beginning of the path as sent. */
function isSocketRequest(props: CompleteWafProps): Statement {
  return byteMatch("uri-path", "STARTS_WITH", props.socketPath);
}

/**
 * Matches requests of an existing session, read as Engine.IO does: `xsid=1`, `SID=1` and an empty `sid=` open a new session and must count
 * as handshakes.
 */
const HAS_SESSION_ID = regex("query-string", "(^|&)sid=[^&]");

function rateRules(props: CompleteWafProps): Rule[] {
  const { rateLimitWindowSec: windowSec, forwardedIp } = props;
  const limits = [
    { name: "request-rate", limit: props.requestRateLimit, scopeDown: not(isSocketRequest(props)) },
    {
      name: "handshake-rate",
      limit: props.handshakeRateLimit,
      scopeDown: and(isSocketRequest(props), not(HAS_SESSION_ID)),
    },
    { name: "socket-rate", limit: props.socketRateLimit, scopeDown: isSocketRequest(props) },
  ] as const;
  return limits.flatMap(({ name, limit, scopeDown }) =>
    limit === false ? [] : [rule(name, rateBased({ limit, windowSec, scopeDown, forwardedIp }), "limit")],
  );
}

function group(key: ManagedGroupKey, { countedRules }: CompleteWafProps): Rule {
  const { name, capacity, bodyLabels } = MANAGED_GROUPS[key];
  const counted = [...new Set([...Object.keys(bodyLabels), ...(countedRules[key] ?? [])])];
  return rule(key, managedGroup({ name, capacity, counted }), "group");
}

function anonymousIps(props: CompleteWafProps): Rule {
  const blocking = group("anonymous-ip", props);
  return props.anonymousIps === "count" ? { ...blocking, action: "count" } : blocking;
}

/**
 * Blocks what the groups' body rules counted, except on the socket path. There, a body is a chat message: it may exceed the 8 KB that WAF
 * inspects, may quote HTML or SQL, and is not inspected over a WebSocket anyway. A client would resend a blocked message for ever.
 */
function bodyRules(props: CompleteWafProps): Rule[] {
  const keys: ManagedGroupKey[] = props.sqlInjection ? ["common", "sql-injection"] : ["common"];
  const labels = keys.flatMap((key) =>
    Object.entries(MANAGED_GROUPS[key].bodyLabels)
      .filter(([name]) => !props.countedRules[key]?.includes(name))
      .map(([, text]) => label(text)),
  );
  if (labels.length === 0) return [];
  return [rule("body-outside-socket", and(or(...labels), not(isSocketRequest(props))), "block")];
}

function customRules({ customRules: rules }: CompleteWafProps, order: "before" | "after"): Rule[] {
  return rules
    .filter((custom) => (custom.order ?? "after") === order)
    .map(({ name, statement, action }, index) => ({
      name,
      priority: PRIORITIES[order] + index,
      statement,
      action: action ?? (statement.kind === "group" ? "group" : "block"),
    }));
}
