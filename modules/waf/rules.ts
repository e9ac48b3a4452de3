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

/** `limit` is a block that answers 429, `group` leaves the actions to a group of rules. */
export interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly statement: WafStatement;
  readonly action: NonNullable<WafRule["action"]> | "limit" | "group";
}

/** Statements for the IP sets that exist. */
export interface IpSets {
  readonly denied?: Statement;
  readonly allowed?: Statement;
}

/**
 * Numbers of the rules, the lowest asked first: cheap and certain ones, AWS's groups, and last what reads the groups' labels. An option
 * that is turned on or off renumbers no other rule.
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

/** As Engine.IO compares it: the path as sent, by its beginning. */
function toSocket(props: CompleteWafProps): Statement {
  return byteMatch("uri-path", "STARTS_WITH", props.socketPath);
}

/**
 * A request of a session that exists names it. Case, place and content as Engine.IO reads them: `xsid=1`, `SID=1` and `sid=` open a new
 * session, and must not pass for an old one.
 */
const WITH_SESSION = regex("query-string", "(^|&)sid=[^&]");

function rateRules(props: CompleteWafProps): Rule[] {
  const { rateLimitWindowSec: windowSec, forwardedIp } = props;
  const limits = [
    { name: "request-rate", limit: props.requestRateLimit, scopeDown: not(toSocket(props)) },
    { name: "handshake-rate", limit: props.handshakeRateLimit, scopeDown: and(toSocket(props), not(WITH_SESSION)) },
    { name: "socket-rate", limit: props.socketRateLimit, scopeDown: toSocket(props) },
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
 * Takes up what the groups' body rules only counted, everywhere but at the socket: there a body is a chat message. It may be larger than
 * the 8 KB that WAF reads, may quote HTML or SQL, and passes unread over a WebSocket anyway; refused over long-polling, the client
 * would send it again for ever.
 */
function bodyRules(props: CompleteWafProps): Rule[] {
  const keys: ManagedGroupKey[] = props.sqlInjection ? ["common", "sql-injection"] : ["common"];
  const labels = keys.flatMap((key) =>
    Object.entries(MANAGED_GROUPS[key].bodyLabels)
      .filter(([name]) => !props.countedRules[key]?.includes(name))
      .map(([, text]) => label(text)),
  );
  if (labels.length === 0) return [];
  return [rule("body-outside-socket", and(or(...labels), not(toSocket(props))), "block")];
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
