import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import {
  checkArn,
  checkForwardedIp,
  type ForwardedIp,
  forwardedIpBlock,
  KINDS,
  readParameters,
  requireDepth,
} from "./parameters";
import { type Statement, WafStatement } from "./waf-statement";
import { RATE_WINDOWS_SEC } from "../rate-windows";

/** How deep `and`, `or` and `not` may stand in each other below a rate limit or a managed group. */
const DEEPEST_SCOPE_DOWN = 2;

export interface RateLimit {
  /** Requests of one address in one window, at least 10. */
  readonly limit: number;
  /** Seconds to look back: 60, 120, 300 or 600. */
  readonly windowSec: number;
  /** Which requests count. */
  readonly scopeDown?: Statement;
  /** Where the client's address stands, behind a proxy. */
  readonly forwardedIp?: ForwardedIp;
}

/** Addresses that send more requests than the limit. */
export function rateBased(given: RateLimit): WafStatement<"rate"> {
  const shape = {
    limit: KINDS.number,
    windowSec: KINDS.number,
    scopeDown: KINDS.statement,
    forwardedIp: KINDS.forwardedIp,
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
      checks.oneOf<number>("rateBased.windowSec", read.windowSec, RATE_WINDOWS_SEC, "WAF supports no other windows.");
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
  /** Its capacity units, from its documentation. */
  readonly capacity: number;
  /**
   * Who sells it.
   * @default "AWS"
   */
  readonly vendorName?: string;
  /** Rules of the group that are only to count. */
  readonly counted?: readonly string[];
  /** Which requests the group sees. */
  readonly scopeDown?: Statement;
}

/** A group of rules that AWS or another vendor keeps. */
export function managedGroup(group: ManagedGroup): WafStatement<"group"> {
  const shape = {
    name: KINDS.string,
    capacity: KINDS.number,
    vendorName: KINDS.string,
    counted: KINDS.array(KINDS.string),
    scopeDown: KINDS.statement,
  };
  const read = readParameters("managedGroup", group, {
    shape,
    required: ["name", "capacity"],
    more: (checks, parameters) => {
      checkCapacity("managedGroup")(checks, parameters);
      checks.require(!isUnresolved(parameters.counted), {
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

/** A group of rules of one's own, by its ARN. */
export function ruleGroup(arn: string, capacity: number): WafStatement<"group"> {
  const read = readParameters(
    "ruleGroup",
    { arn, capacity },
    {
      shape: { arn: KINDS.string, capacity: KINDS.number },
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
      prop: `${name}.capacity`,
      expected: "a literal number",
      got: formatValue(capacity),
      remedy,
    });
    checks.integer(`${name}.capacity`, capacity, { min: 1, max: 5000, unit: "units" }, remedy);
  };
}

function scopeDownBlock(name: string, statement: Statement): Readonly<Record<string, unknown>> {
  requireDepth(`${name}.scopeDown`, statement.depth, DEEPEST_SCOPE_DOWN);
  return statement.block;
}
