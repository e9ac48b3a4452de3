import { type Checks, formatValue } from "../../core/checks";
import { checkIpBlocks, parseIpBlock } from "../../core/ip-block";
import { isUnresolved } from "../../core/tokens";
import { type CompleteAlbWebsocketProps } from "../defaults";
import { checkKey } from "./key";

/** Checks who may connect, and that at least one source is left. */
export function checkIngressSources(checks: Checks, props: CompleteAlbWebsocketProps): void {
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
