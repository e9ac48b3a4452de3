import { type Checks, formatValue } from "../../core/checks";
import * as kind from "../../core/kinds";
import { isUnresolved } from "../../core/tokens";
import { RATE_WINDOWS_SEC } from "../rate-windows";
import { checkForwardedIp, FORWARDED_IP, type ForwardedIp, forwardedIpBlock } from "./forwarded-ip";
import { checkArn, readParameters, requireDepth, STATEMENT } from "./parameters";
import { type Statement, WafStatement } from "./waf-statement";

/** How deeply `and`, `or` and `not` can be nested in the scope-down statement of a rate limit or a managed group. */
const MAX_SCOPE_DOWN_DEPTH = 2;

export interface RateLimit {
  /** Requests that one address may send in one window, at least 10. */
  readonly limit: number;
  /** Length of the window in seconds: 60, 120, 300 or 600. */
  readonly windowSec: number;
  /** Requests that count towards the limit. */
  readonly scopeDown?: Statement | undefined;
  /** Where the client's address is when a proxy is in front. */
  readonly forwardedIp?: ForwardedIp | undefined;
}

/** Matches requests of an address that sends more than the limit. */
export function rateBased(given: RateLimit): WafStatement<"rate"> {
  const shape = {
    limit: kind.number,
    windowSec: kind.oneOf<number>(RATE_WINDOWS_SEC, "WAF supports no other windows."),
    scopeDown: STATEMENT,
    forwardedIp: FORWARDED_IP,
  };
  const { limit, windowSec, scopeDown, forwardedIp } = readParameters("rateBased", given, {
    shape,
    required: ["limit", "windowSec"],
    more: (checks, read) => {
      checkForwardedIp("rateBased")(checks, read);
      checks.integer(
        "rateBased.limit",
        read.limit,
        { min: 10, max: 2_000_000_000, unit: "requests" },
        "The limit applies to one address in one window.",
      );
    },
  });
  const block = {
    aggregate_key_type: forwardedIp ? "FORWARDED_IP" : "IP",
    limit,
    evaluation_window_sec: windowSec,
    forwarded_ip_config: forwardedIp && forwardedIpBlock(forwardedIp),
    scope_down_statement: scopeDown && scopeDownBlock("rateBased", scopeDown),
  };
  return new WafStatement("rate", { rate_based_statement: block }, 2 + (scopeDown?.capacity ?? 0));
}

export interface ManagedGroup {
  /** For example `AWSManagedRulesLinuxRuleSet`. */
  readonly name: string;
  /** Capacity units of the group, as documented. */
  readonly capacity: number;
  /**
   * Vendor of the group.
   * @default "AWS"
   */
  readonly vendorName?: string | undefined;
  /** Rules of the group that only count. */
  readonly counted?: readonly string[] | undefined;
  /** Requests that the group inspects. */
  readonly scopeDown?: Statement | undefined;
}

/** Applies a rule group that AWS or another vendor maintains. */
export function managedGroup(group: ManagedGroup): WafStatement<"group"> {
  const shape = {
    name: kind.string,
    capacity: kind.number,
    vendorName: kind.string,
    counted: kind.array(kind.string),
    scopeDown: STATEMENT,
  };
  const read = readParameters("managedGroup", group, {
    shape,
    required: ["name", "capacity"],
    more: (checks, parameters) => {
      checkCapacity("managedGroup")(checks, parameters);
      checks.require(!isUnresolved(parameters.counted), {
        code: "core/literal-required",
        prop: "managedGroup.counted",
        expected: "a list whose length is known at synth",
        got: formatValue(parameters.counted),
        remedy: "Each rule becomes its own block in the synthesized JSON.",
      });
    },
  });
  const { name, capacity, vendorName = "AWS", counted = [], scopeDown } = read;
  const overrides = counted.map((rule) => ({ name: rule, action_to_use: { count: {} } }));
  const block = {
    vendor_name: vendorName,
    name,
    rule_action_override: overrides.length > 0 ? overrides : undefined,
    scope_down_statement: scopeDown && scopeDownBlock("managedGroup", scopeDown),
  };
  return new WafStatement("group", { managed_rule_group_statement: block }, capacity + (scopeDown?.capacity ?? 0));
}

/** Applies your own rule group, given by its ARN. */
export function ruleGroup(arn: string, capacity: number): WafStatement<"group"> {
  const read = readParameters(
    "ruleGroup",
    { arn, capacity },
    {
      shape: { arn: kind.string, capacity: kind.number },
      required: ["arn", "capacity"],
      more: (checks, parameters) => {
        checkArn("ruleGroup")(checks, parameters);
        checkCapacity("ruleGroup")(checks, parameters);
      },
    },
  );
  return new WafStatement("group", { rule_group_reference_statement: { arn: read.arn } }, read.capacity);
}

function checkCapacity(name: string) {
  return (checks: Checks, { capacity }: { readonly capacity: number }) => {
    const remedy = "The group's documentation states it, and it is added up at synth.";
    checks.require(!isUnresolved(capacity), {
      code: "core/literal-required",
      prop: `${name}.capacity`,
      expected: "a literal number",
      got: formatValue(capacity),
      remedy,
    });
    checks.integer(`${name}.capacity`, capacity, { min: 1, max: 5000, unit: "units" }, remedy);
  };
}

function scopeDownBlock(name: string, statement: Statement): Readonly<Record<string, unknown>> {
  requireDepth(`${name}.scopeDown`, statement.depth, MAX_SCOPE_DOWN_DEPTH);
  return statement.block;
}
