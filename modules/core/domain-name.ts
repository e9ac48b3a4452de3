import { type Checks, formatValue } from "./checks";

/** Letters, digits and inner hyphens, 1 to 63 of them. Source: RFC 1035, section 2.3.1. */
const LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
const TOP_LABEL = "[a-z]([a-z0-9-]{0,61}[a-z0-9])";

/** Lower case, because AWS returns lower case and every plan would show the difference; at most 253 characters. */
const NAME = `(?=.{4,253}$)(${LABEL}\\.)+${TOP_LABEL}`;

/** A domain name, with or without the trailing dot of the DNS root. */
export const DOMAIN_NAME = new RegExp(`^${NAME}\\.?$`);
/** The same, with `*` allowed as the whole first label, as in a certificate. */
export const DOMAIN_OR_WILDCARD = new RegExp(`^(\\*\\.)?${NAME}\\.?$`);

/** Removes the trailing dot: DNS tools write it; browsers, certificates and the Origin header do not. */
export function withoutRootDot(name: string): string {
  return name.endsWith(".") ? name.slice(0, -1) : name;
}

/** Removes a leading `*.`. */
export function withoutWildcard(name: string): string {
  return name.replace(/^\*\./, "");
}

/** Whether a name is the zone's name or a subdomain of it. */
export function isWithin(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}

/**
 * Requires a literal domain name, because it becomes part of addresses or is compared at synth.
 * @returns whether it is one
 */
export function checkDomainName(checks: Checks, prop: string, value: unknown, form = DOMAIN_NAME): boolean {
  const fits = typeof value === "string" && form.test(value);
  checks.require(fits, {
    code: "core/domain-name",
    prop,
    expected: "a literal domain name in lower case with no scheme, such as crm.example.com",
    got: formatValue(value),
    remedy: "Write an international name in its xn-- form.",
  });
  return fits;
}
