import * as kind from "../core/kinds";

/** What an alias record points at: a load balancer or a distribution. */
export interface AliasTarget {
  readonly dnsName: string;
  /** Hosted zone of the target itself, which depends on its kind and region. */
  readonly hostedZoneId: string;
}

export interface AliasProps {
  /** What the name points to. */
  readonly target: AliasTarget;
  /**
   * The name, a literal in the zone.
   * @default the site's name
   */
  readonly domainName?: string | undefined;
  /**
   * Whether to create an AAAA record too. For a target without IPv6 it answers with no address, which does no harm.
   * @default true
   */
  readonly ipv6?: boolean | undefined;
}

export const ALIAS_PROPS: kind.Shape<AliasProps> = {
  target: kind.looseObject<AliasTarget>({ dnsName: kind.string, hostedZoneId: kind.string }),
  domainName: kind.string,
  ipv6: kind.boolean,
};
