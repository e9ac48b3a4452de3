import { type VpcSecurityGroupIngressRuleConfig } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { type CompleteAlbWebsocketProps } from "./defaults";

/** Sources that may connect, by a key that becomes part of the rule's construct id. */
export type IngressSources = Readonly<
  Record<
    string,
    Pick<VpcSecurityGroupIngressRuleConfig, "cidrIpv4" | "cidrIpv6" | "prefixListId" | "referencedSecurityGroupId">
  >
>;

/** Returns the blocks that may connect: those given, or every address unless prefix lists or security groups are given. */
export function cidrSources(props: CompleteAlbWebsocketProps): IngressSources {
  const hasNamedSources = Object.keys(namedSources(props)).length > 0;
  const everyAddress = props.ipAddressType === "dualstack" ? ["0.0.0.0/0", "::/0"] : ["0.0.0.0/0"];
  const cidrs = props.allowedCidrs ?? (hasNamedSources ? [] : everyAddress);
  return Object.fromEntries(
    // Each illegal character becomes one hyphen, so no two blocks share an id.
    cidrs.map((cidr) => [cidr.replace(/[.:/]/g, "-"), cidr.includes(":") ? { cidrIpv6: cidr } : { cidrIpv4: cidr }]),
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
    ...Object.fromEntries(prefixLists.map(([key, id]) => [`prefix-list-${key}`, { prefixListId: id }])),
    ...Object.fromEntries(groups.map(([key, id]) => [`security-group-${key}`, { referencedSecurityGroupId: id }])),
  };
}
