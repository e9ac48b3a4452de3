import { type Checks } from "../../core/checks";
import * as kind from "../../core/kinds";

const FALLBACK_BEHAVIORS = ["MATCH", "NO_MATCH"] as const;
const LISTED_IP_POSITIONS = ["FIRST", "LAST", "ANY"] as const;

/** Where the client's address is when a proxy is in front. */
export interface ForwardedIp {
  /** Header that the proxy sets. Rules that use it do not apply to a request without it. */
  readonly headerName: string;
  /**
   * Whether a request with no valid address in the header matches.
   * @default "MATCH"
   */
  readonly fallbackBehavior?: (typeof FALLBACK_BEHAVIORS)[number] | undefined;
}

/** Which address of a header, which may hold several, is compared with an IP set. */
export type ListedIp = ForwardedIp & { readonly position: (typeof LISTED_IP_POSITIONS)[number] };

const FORWARDED_IP_SHAPE: kind.Shape<ForwardedIp> = {
  headerName: kind.string,
  fallbackBehavior: kind.oneOf(FALLBACK_BEHAVIORS, "It applies when the header holds no valid address."),
};
const LISTED_IP_POSITION = kind.literalOneOf(LISTED_IP_POSITIONS, "Spell it as the WAF API does.");

export const FORWARDED_IP = kind.object<ForwardedIp>(FORWARDED_IP_SHAPE);
export const LISTED_IP = kind.object<ListedIp>({ ...FORWARDED_IP_SHAPE, position: LISTED_IP_POSITION });

/** Returns a check that the parameters of a statement name the proxy's header. */
export function checkForwardedIp(name: string) {
  return (checks: Checks, { forwardedIp }: { readonly forwardedIp?: ForwardedIp | undefined }) => {
    if (!forwardedIp) return;
    const prop = `${name}.forwardedIp.headerName`;
    checks.required(prop, forwardedIp.headerName, "Name the header that the proxy sets.");
  };
}

/** Renders the address's place in Terraform's names. */
export function forwardedIpBlock({ headerName, fallbackBehavior = "MATCH" }: ForwardedIp): Record<string, string> {
  return { header_name: headerName, fallback_behavior: fallbackBehavior };
}
