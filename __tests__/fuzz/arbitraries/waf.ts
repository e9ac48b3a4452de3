import * as fc from "fast-check";
import {
  and,
  byteMatch,
  geo,
  ipSet,
  label,
  managedGroup,
  not,
  or,
  rateBased,
  regex,
  ruleGroup,
  size,
  sqlInjection,
  type Statement,
  Waf,
  type WafProps,
  type WafStatement,
} from "../../../modules/waf";
import { MANAGED_GROUP_KEYS } from "../../../modules/waf/managed-groups";
import { ANONYMOUS_IP_MODES, CUSTOM_ACTIONS } from "../../../modules/waf/props";
import { RATE_WINDOWS_SEC } from "../../../modules/waf/rate-windows";
import { type Target } from "../target";
import { edgeProvider, withProps } from "./edge-provider";
import { spoiled } from "./spoil";
import {
  arn,
  baseName,
  key,
  keyed,
  kmsKeyArn,
  narrowIpBlock,
  number,
  prose,
  retentionDays,
  some,
  text,
  within,
} from "./values";

/** A call of a statement function, described as data. */
interface Call {
  readonly call: keyof typeof CALLS;
  readonly with: readonly unknown[];
}

const CALLS = {
  byteMatch,
  regex,
  size,
  sqlInjection,
  ipSet,
  geo,
  label,
  and,
  or,
  not,
  rateBased,
  managedGroup,
  ruleGroup,
} as const;

const field = fc.constantFrom("uri-path", "query-string", "method", { header: "X-Test" }, { body: "CONTINUE" });
const call = (name: keyof typeof CALLS, ...parameters: fc.Arbitrary<unknown>[]): fc.Arbitrary<Call> =>
  fc.record({ call: fc.constant(name), with: fc.tuple(...parameters) });

const leaf = fc.oneof(
  call("byteMatch", field, fc.constantFrom("EXACTLY", "STARTS_WITH", "CONTAINS"), prose, fc.constant(["LOWERCASE"])),
  call("regex", field, text(fc.constantFrom("^a+$", "[$]{2}", "%{x}"))),
  call("size", field, fc.constantFrom("EQ", "GT"), number(within(0, 1000))),
  call("sqlInjection", field),
  call("ipSet", arn("wafv2", "regional/ipset/x/")),
  call("geo", fc.constant(["JP", "US"])),
  call("label", text(fc.constant("awswaf:managed:x"))),
);
const match = fc.oneof(
  { weight: 3, arbitrary: leaf },
  { weight: 1, arbitrary: call("and", leaf, leaf) },
  { weight: 1, arbitrary: call("or", leaf, leaf) },
  { weight: 1, arbitrary: call("not", leaf) },
);
const statement = fc.oneof(
  { weight: 4, arbitrary: match },
  {
    weight: 1,
    arbitrary: call("rateBased", fc.record({ limit: number(within(10, 1000)), windowSec: fc.constantFrom(60, 300) })),
  },
  {
    weight: 1,
    arbitrary: call(
      "managedGroup",
      fc.record({ name: fc.constant("AWSManagedRulesLinuxRuleSet"), capacity: fc.constant(200) }),
    ),
  },
  { weight: 1, arbitrary: call("ruleGroup", arn("wafv2", "regional/rulegroup/x/"), within(1, 100)) },
);

const rateLimit = fc.oneof(number(within(10, 2_000_000_000)), fc.constant(false));

const props = fc.record(
  {
    name: baseName,
    associateWith: keyed(key, arn("elasticloadbalancing", "loadbalancer/app/x/"), 2),
    monitorOnly: fc.boolean(),
    socketPath: text(fc.constantFrom("/socket.io/", "/a/b/")),
    deniedIps: some(narrowIpBlock, 0, 3),
    allowedIps: some(narrowIpBlock, 0, 3),
    forwardedIp: fc.record(
      {
        headerName: text(fc.constantFrom("X-Forwarded-For", "CF-Connecting-IP")),
        fallbackBehavior: fc.constantFrom("MATCH", "NO_MATCH"),
      },
      { requiredKeys: ["headerName"] },
    ),
    requestRateLimit: rateLimit,
    handshakeRateLimit: rateLimit,
    socketRateLimit: rateLimit,
    rateLimitWindowSec: fc.constantFrom(...RATE_WINDOWS_SEC),
    anonymousIps: fc.constantFrom(...ANONYMOUS_IP_MODES),
    sqlInjection: fc.boolean(),
    countedRules: keyed(
      fc.constantFrom(...MANAGED_GROUP_KEYS),
      some(text(fc.constantFrom("NoUserAgent_HEADER", "SQLi_BODY")), 0, 2),
    ),
    customRules: fc.uniqueArray(
      fc.record(
        {
          name: key.map((name) => `r-${name}`),
          statement,
          action: fc.constantFrom(...CUSTOM_ACTIONS),
          order: fc.constantFrom("before", "after"),
        },
        { requiredKeys: ["name", "statement"] },
      ),
      { maxLength: 3, selector: ({ name }) => name },
    ),
    logRetentionDays: retentionDays,
    kmsKeyArn,
    logAllRequests: fc.boolean(),
    redactedHeaders: some(text(fc.constantFrom("authorization", "cookie", "x-api-key")), 0, 3),
    redactQueryString: fc.boolean(),
    sampledRequests: fc.boolean(),
    scope: fc.constantFrom("REGIONAL", "REGIONAL", "CLOUDFRONT"),
  },
  { requiredKeys: ["name"] },
);

/** Replaces described calls by the statements they return. Other data stay unchanged. */
function made(value: unknown): unknown {
  if (!isCall(value)) return value;
  const make = CALLS[value.call] as (...parameters: unknown[]) => Statement | WafStatement;
  return make(...value.with.map(made));
}

function isCall(value: unknown): value is Call {
  if (typeof value !== "object" || value === null) return false;
  const { call: name, with: parameters } = value as Partial<Call>;
  return typeof name === "string" && Object.hasOwn(CALLS, name) && Array.isArray(parameters);
}

function withStatements(props: WafProps): WafProps {
  if (!Array.isArray(props?.customRules)) return props;
  const customRules = (props.customRules as unknown[]).map((rule) =>
    typeof rule === "object" && rule !== null && "statement" in rule
      ? { ...rule, statement: made(rule.statement) }
      : rule,
  );
  return { ...props, customRules } as WafProps;
}

export const waf: Target = {
  name: "waf",
  data: spoiled(props),
  build: (stack, id, data: WafProps) => {
    const atEdge = data instanceof Object && data.scope === "CLOUDFRONT";
    const more = atEdge ? { provider: edgeProvider(stack) } : {};
    return void new Waf(stack, id, withProps(withStatements(data), more));
  },
};
