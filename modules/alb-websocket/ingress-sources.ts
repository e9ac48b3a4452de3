import { type RulePeer } from "../core/security-group-rules";
import { type CompleteAlbWebsocketProps } from "./defaults";

/** One source that may connect, and the prop that names it. */
interface IngressSource {
  readonly peer: RulePeer;
  readonly prop: string;
}

/** Sources that may connect, by a key that becomes part of the rule's construct id. */
export type IngressSources = Readonly<Record<string, IngressSource>>;

/** Returns the blocks that may connect: those given, or every address unless prefix lists or security groups are given. */
export function cidrSources(props: CompleteAlbWebsocketProps): IngressSources {
  const hasNamedSources = Object.keys(namedSources(props)).length > 0;
  const everyAddress = props.ipAddressType === "dualstack" ? ["0.0.0.0/0", "::/0"] : ["0.0.0.0/0"];
  const cidrs = props.allowedCidrs ?? (hasNamedSources ? [] : everyAddress);
  return Object.fromEntries(
    // Each illegal character becomes one hyphen, so no two blocks share an id.
    cidrs.map((cidr) => [
      cidr.replace(/[.:/]/g, "-"),
      { peer: cidr.includes(":") ? { cidrIpv6: cidr } : { cidrIpv4: cidr }, prop: "allowedCidrs" },
    ]),
  );
}

/** Returns the prefix lists and security groups that may connect. */
export function namedSources({
  allowedPrefixListIds,
  allowedSecurityGroupIds,
}: CompleteAlbWebsocketProps): IngressSources {
  const prefixLists = Object.entries(allowedPrefixListIds ?? {});
  const groups = Object.entries(allowedSecurityGroupIds ?? {});
  return {
    ...Object.fromEntries(
      prefixLists.map(([key, id]) => [
        `prefix-list-${key}`,
        { peer: { prefixListId: id }, prop: `allowedPrefixListIds.${key}` },
      ]),
    ),
    ...Object.fromEntries(
      groups.map(([key, id]) => [
        `security-group-${key}`,
        { peer: { referencedSecurityGroupId: id }, prop: `allowedSecurityGroupIds.${key}` },
      ]),
    ),
  };
}
