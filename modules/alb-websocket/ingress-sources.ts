import { type VpcSecurityGroupIngressRuleConfig } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { type CompleteAlbWebsocketProps } from "./defaults";

/** Who may connect, by a key that is part of the rule's construct id. */
export type Clients = Readonly<
  Record<
    string,
    Pick<VpcSecurityGroupIngressRuleConfig, "cidrIpv4" | "cidrIpv6" | "prefixListId" | "referencedSecurityGroupId">
  >
>;

/** The blocks that may connect: those given, or everybody as long as nobody is named in another way. */
export function cidrClients(props: CompleteAlbWebsocketProps): Clients {
  const named = Object.keys(namedClients(props)).length > 0;
  const everybody = props.ipAddressType === "dualstack" ? ["0.0.0.0/0", "::/0"] : ["0.0.0.0/0"];
  const cidrs = props.allowedCidrs ?? (named ? [] : everybody);
  return Object.fromEntries(
    // Every character that an id cannot hold is one hyphen, so no two blocks meet.
    cidrs.map((cidr) => [cidr.replace(/[.:/]/g, "-"), cidr.includes(":") ? { cidrIpv6: cidr } : { cidrIpv4: cidr }]),
  );
}

/** Prefix lists and security groups that may connect. */
export function namedClients({ allowedPrefixListIds, allowedSecurityGroupIds }: CompleteAlbWebsocketProps): Clients {
  const prefixLists = Object.entries(allowedPrefixListIds ?? {});
  const groups = Object.entries(allowedSecurityGroupIds ?? {});
  return {
    ...Object.fromEntries(prefixLists.map(([key, id]) => [`prefix-list-${key}`, { prefixListId: id }])),
    ...Object.fromEntries(groups.map(([key, id]) => [`security-group-${key}`, { referencedSecurityGroupId: id }])),
  };
}
