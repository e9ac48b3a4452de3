import { domainToASCII } from "node:url";
import { type Checks, formatValue } from "./checks";
import { isUnresolved } from "./tokens";

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

/** Whether the text is the DNS name of a host: a domain name, whose case does not matter. */
export function isHostName(text: string): boolean {
  return DOMAIN_NAME.test(text.toLowerCase());
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
    remedy: domainNameRemedy(value, form === DOMAIN_OR_WILDCARD),
  });
  return fits;
}

/** Requires the DNS name of a host, such as a load balancer's; one that is known only at apply is accepted. */
export function checkHostName(checks: Checks, prop: string, value: string | undefined, remedy: string): void {
  if (value === undefined || isUnresolved(value)) return;
  checks.require(typeof value === "string" && isHostName(value), {
    code: "core/domain-name",
    prop,
    expected: "the DNS name of a host, with neither scheme, port nor path",
    got: formatValue(value),
    remedy,
  });
}

/** Returns what to do about text that is not a domain name. */
export function domainNameRemedy(value: unknown, wildcards = false): string {
  if (typeof value !== "string" || isUnresolved(value)) return "Write the name out as text: it is compared at synth.";
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return "Leave out the scheme, the port and the path.";
  if (/[/:]/.test(value)) return "Leave out the port and the path.";
  if (value !== value.trim()) return "Remove the white space around it.";
  const correct = corrected(value);
  if (correct !== undefined) return `Write ${correct}.`;
  if (value.includes("_")) return "A host name has no underscores.";
  if (value.includes("*")) {
    return wildcards
      ? "Only the whole first label can be *."
      : "Name one host; a wildcard belongs in a certificate's names.";
  }
  const labels = withoutRootDot(value).split(".");
  if (labels.length === 1) return "Add its domain, such as crm.example.com.";
  const long = labels.find((label) => label.length > 63);
  if (long !== undefined) return `A label has at most 63 characters; one has ${long.length}.`;
  if (value.length > 253) return `A name has at most 253 characters; this one has ${value.length}.`;
  return "Each label consists of letters, digits and inner hyphens, and the last one begins with a letter.";
}

/** Returns the name in lower case, and with xn-- labels for an international name; `undefined` when that is no name either. */
function corrected(value: string): string | undefined {
  const ascii = domainToASCII(value);
  return ascii !== "" && ascii !== value && DOMAIN_NAME.test(ascii) ? ascii : undefined;
}
