import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformStack } from "cdktf";
import { type Construct } from "constructs";
import { Checks } from "./checks";
import { resolveTokens } from "./tokens";

/** The other side of a rule; exactly one field is set. */
export interface RulePeer {
  readonly referencedSecurityGroupId?: string | undefined;
  readonly prefixListId?: string | undefined;
  readonly cidrIpv4?: string | undefined;
  readonly cidrIpv6?: string | undefined;
}

/** A TCP rule of a security group. */
export interface SecurityGroupRule extends RulePeer {
  readonly securityGroupId: string;
  readonly description: string;
  readonly ports: { readonly from: number; readonly to: number };
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Where a rule was asked for, for the message about a second one. */
export interface RulePlace {
  /** The construct whose prop or method it was. */
  readonly scope: Construct;
  /** `connections.cache`, or `allowFrom("service")`. */
  readonly prop: string;
}

/**
 * Creates an ingress rule.
 * @throws ConfigurationError when the stack already has the same rule
 */
export function allowIngress(
  scope: Construct,
  id: string,
  rule: SecurityGroupRule,
  place: RulePlace,
): VpcSecurityGroupIngressRule {
  refuseSecond("ingress", rule, place);
  return new VpcSecurityGroupIngressRule(scope, id, configOf(rule));
}

/**
 * Creates an egress rule.
 * @throws ConfigurationError when the stack already has the same rule
 */
export function allowEgress(
  scope: Construct,
  id: string,
  rule: SecurityGroupRule,
  place: RulePlace,
): VpcSecurityGroupEgressRule {
  refuseSecond("egress", rule, place);
  return new VpcSecurityGroupEgressRule(scope, id, configOf(rule));
}

function configOf({ ports, ...rule }: SecurityGroupRule) {
  return {
    ...rule,
    ipProtocol: "tcp",
    fromPort: ports.from,
    toPort: ports.to,
    // Tasks that run use the rule until their service has replaced them. Only another security group replaces a rule.
    lifecycle: { createBeforeDestroy: true },
  };
}

/** The rules of each stack, by what makes them the same rule to AWS. */
const rulesByStack = new WeakMap<TerraformStack, Map<string, RulePlace>>();

/**
 * AWS refuses a second rule with the same group, peer and ports, at apply and after the first was created.
 * Source: EC2 API reference, error code InvalidPermission.Duplicate.
 */
function refuseSecond(direction: string, rule: SecurityGroupRule, place: RulePlace): void {
  const stack = TerraformStack.of(place.scope);
  const rules = rulesByStack.get(stack) ?? new Map<string, RulePlace>();
  rulesByStack.set(stack, rules);
  const key = JSON.stringify(resolveTokens(stack, identityOf(direction, rule)));
  const first = rules.get(key);
  if (first) throwDuplicate(first, rule, place);
  rules.set(key, place);
}

function identityOf(direction: string, { securityGroupId, ports, ...rule }: SecurityGroupRule) {
  const { referencedSecurityGroupId, prefixListId, cidrIpv4, cidrIpv6 } = rule;
  return { direction, securityGroupId, ports, referencedSecurityGroupId, prefixListId, cidrIpv4, cidrIpv6 };
}

function throwDuplicate(first: RulePlace, { ports }: SecurityGroupRule, { scope, prop }: RulePlace): void {
  const checks = new Checks(scope);
  const port = ports.from === ports.to ? `port ${ports.from}` : `ports ${ports.from} to ${ports.to}`;
  checks.add({
    code: "core/duplicate-rule",
    prop,
    expected: `one rule for each security group on ${port}`,
    got: `the same rule as ${first.prop} of ${first.scope.node.path}`,
    remedy: "Remove one of the two: AWS refuses the second one.",
  });
  checks.throwIfInvalid();
}
