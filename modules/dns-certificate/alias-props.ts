import * as kind from "../core/kinds";

/** What an alias record points at: a load balancer or a distribution. */
export interface AliasTarget {
  readonly dnsName: string;
  /** Route 53's own zone for the target's kind and region. */
  readonly hostedZoneId: string;
}

export interface AliasProps {
  /** Where the name leads. */
  readonly target: AliasTarget;
  /**
   * The name, a literal in the zone.
   * @default the site's name
   */
  readonly domainName?: string;
  /**
   * Whether to answer with IPv6 addresses, too. A target without any gives none, and nobody minds.
   * @default true
   */
  readonly ipv6?: boolean;
}

export const ALIAS_PROPS: kind.Shape<AliasProps> = {
  target: kind.looseObject<AliasTarget>({ dnsName: kind.string, hostedZoneId: kind.string }),
  domainName: kind.string,
  ipv6: kind.boolean,
};
