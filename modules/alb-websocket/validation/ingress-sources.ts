import { type Checks, formatValue } from "../../core/checks";
import { checkIpBlocks, parseIpBlock } from "../../core/ip-block";
import { isUnresolved } from "../../core/tokens";
import { type CompleteAlbWebsocketProps } from "../defaults";
import { checkKey } from "./key";

/** Rules of a security group, inbound. Source: VPC user guide, "Amazon VPC quotas", security groups. */
const USUAL_RULES = 60;

/** Checks who may connect, and that at least one source is left. */
export function checkIngressSources(checks: Checks, props: CompleteAlbWebsocketProps): void {
  warnOfManyRules(checks, props);
  const { ipAddressType, allowedCidrs, allowedPrefixListIds = {}, allowedSecurityGroupIds = {} } = props;
  const named = { allowedPrefixListIds, allowedSecurityGroupIds };
  for (const [prop, ids] of Object.entries(named)) {
    const prefix = prop === "allowedPrefixListIds" ? "pl" : "sg";
    for (const [key, id] of Object.entries(ids)) {
      checkKey(checks, prop, key);
      checks.id(`${prop}.${key}`, id, prefix, "Pass its id.");
    }
  }
  if (allowedCidrs === undefined) return;
  if (!Array.isArray(allowedCidrs) || isUnresolved(allowedCidrs)) {
    const remedy =
      "Each block is part of a rule's address, so it must be known at synth. Use a managed prefix list instead.";
    checks.add({
      code: "core/literal-required",
      prop: "allowedCidrs",
      expected: "a list of literal CIDRs",
      got: formatValue(allowedCidrs),
      remedy,
    });
    return;
  }
  checkIpBlocks(checks, "allowedCidrs", allowedCidrs as readonly string[]);
  const ipv6 = (allowedCidrs as readonly string[]).filter((block) => parseIpBlock(String(block))?.version === 6);
  checks.require(ipv6.length === 0 || ipAddressType !== "ipv4", {
    code: "alb-websocket/ipv6-source",
    prop: "allowedCidrs",
    expected: "IPv4 blocks only with ipAddressType ipv4",
    got: ipv6.map(formatValue).join(", "),
    remedy: "The load balancer has no IPv6 address: set ipAddressType to dualstack, or remove the block.",
  });
  const sources = allowedCidrs.length + Object.values(named).flatMap(Object.keys).length;
  checks.require(sources > 0, {
    code: "alb-websocket/no-client-allowed",
    prop: "allowedCidrs",
    expected: "at least one block, prefix list or security group",
    got: "an empty list",
    remedy: "No client could connect. Leave it out to allow every address.",
  });
}

/** Warns, because the quota can be raised. A prefix list counts as many rules as it has entries, which is not known here. */
function warnOfManyRules(checks: Checks, props: CompleteAlbWebsocketProps): void {
  const { allowedCidrs, allowedPrefixListIds = {}, allowedSecurityGroupIds = {}, certificateArn, redirectHttp } = props;
  if (!Array.isArray(allowedCidrs)) return;
  const ports = certificateArn !== undefined && redirectHttp ? 2 : 1;
  const named = Object.keys(allowedPrefixListIds).length + Object.keys(allowedSecurityGroupIds).length;
  const rules = allowedCidrs.length * ports + named;
  if (rules <= USUAL_RULES) return;
  checks.warn(
    `allowedCidrs: ${rules} rules on ${ports === 2 ? "both ports" : "the port"}, and AWS allows ${USUAL_RULES} in a security group unless the quota was raised. Join blocks, use a managed prefix list, or set redirectHttp to false.`,
  );
}
