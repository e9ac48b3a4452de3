import { type Checks, formatValue } from "../../core/checks";
import { checkDomainName, checkHostName, withoutRootDot } from "../../core/domain-name";
import { BASE_NAME } from "../../core/names";
import { type CompleteAliasProps } from "../defaults";
import { checkWithinZone, ZONE_ID } from "./zone";

/** @throws ConfigurationError when the name is outside the zone, or the key or the name is taken */
export function validateAlias(
  checks: Checks,
  key: string,
  props: CompleteAliasProps,
  zone: { readonly name: string; readonly siteName: string; readonly taken: ReadonlyMap<string, string> },
): void {
  checks.require(typeof key === "string" && BASE_NAME.test(key), {
    code: "dns-certificate/alias-key",
    prop: "addAlias",
    expected: "a key of lower-case letters, digits and single hyphens",
    got: formatValue(key),
    remedy: "It becomes part of the records' addresses.",
  });
  checks.literalBoolean("ipv6", props.ipv6);
  const remedy = "Pass a load balancer or a distribution, or dnsName and hostedZoneId of one.";
  if (checks.required("target", props.target, remedy)) {
    if (checks.required("target.dnsName", props.target.dnsName, remedy)) {
      checkHostName(checks, "target.dnsName", props.target.dnsName, remedy);
    }
    if (checks.required("target.hostedZoneId", props.target.hostedZoneId, remedy)) {
      checks.matches("target.hostedZoneId", props.target.hostedZoneId, ZONE_ID, "an id such as Z14GRHDCWA56QT", remedy);
    }
  }
  const { domainName = zone.siteName } = props;
  if (checkDomainName(checks, "domainName", domainName)) {
    checkWithinZone(checks, "domainName", [domainName], zone.name);
    checks.require(!zone.taken.has(withoutRootDot(domainName)), {
      code: "dns-certificate/name-taken",
      prop: "domainName",
      expected: "a name that has no alias yet",
      got: formatValue(domainName),
      remedy: "A name points to one target.",
    });
  }
  checks.require(![...zone.taken.values()].includes(key), {
    code: "dns-certificate/alias-key-taken",
    prop: "addAlias",
    expected: "a different key for each alias",
    got: formatValue(key),
    remedy: "Use another key.",
  });
  checks.throwIfInvalid();
}
