import { TerraformProvider } from "cdktf";
import { type Checks, formatValue } from "../../core/checks";
import { checkDomainName, DOMAIN_NAME, DOMAIN_OR_WILDCARD, isWithin, withoutRootDot } from "../../core/domain-name";
import { BASE_NAME } from "../../core/names";
import { type CompleteAliasProps, type CompleteDnsCertificateProps } from "../defaults";

/** Longest first name of a certificate, its common name. Source: ACM API reference, RequestCertificate, DomainName. */
const LONGEST_COMMON_NAME = 64;
/** Names of one certificate; 10 unless AWS has raised the account's quota. Source: ACM user guide, "Quotas". */
const MOST_NAMES = 100;
/** How long the provider waits by itself. */
const LONGEST_WAIT_MIN = 75;
/** Source: Route 53 API reference, the data type ResourceId. */
const ZONE_ID = /^[A-Z0-9]{1,32}$/;

/** @throws ConfigurationError with every problem of the props */
export function validateDnsCertificate(checks: Checks, props: CompleteDnsCertificateProps): void {
  for (const prop of ["delegated", "regionalCertificate"] as const) checks.literalBoolean(prop, props[prop]);
  checkNames(checks, props);
  checkZone(checks, props);
  checkProvider(checks, props);
  checks.integer(
    "validationTimeoutMin",
    props.validationTimeoutMin,
    { min: 1, max: LONGEST_WAIT_MIN, unit: "minutes" },
    "ACM takes a few minutes once DNS answers.",
  );
  checks.throwIfInvalid();
}

/** @throws ConfigurationError when the alias is none of this zone, or its key or name is taken */
export function validateAlias(
  checks: Checks,
  key: string,
  props: CompleteAliasProps,
  zone: { readonly name: string; readonly siteName: string; readonly taken: ReadonlyMap<string, string> },
): void {
  checks.require(typeof key === "string" && BASE_NAME.test(key), {
    prop: "addAlias",
    expected: "a key of lower-case letters, digits and single hyphens",
    got: formatValue(key),
    remedy: "It becomes part of the records' addresses.",
  });
  checks.literalBoolean("ipv6", props.ipv6);
  const remedy = "Pass a load balancer or a distribution, or dnsName and hostedZoneId of one.";
  if (checks.required("target", props.target, remedy)) {
    checks.required("target.dnsName", props.target.dnsName, remedy);
    if (checks.required("target.hostedZoneId", props.target.hostedZoneId, remedy)) {
      checks.matches("target.hostedZoneId", props.target.hostedZoneId, ZONE_ID, "an id such as Z14GRHDCWA56QT", remedy);
    }
  }
  const { domainName = zone.siteName } = props;
  if (checkDomainName(checks, "domainName", domainName)) {
    checkWithinZone(checks, "domainName", [domainName], zone.name);
    checks.require(!zone.taken.has(withoutRootDot(domainName)), {
      prop: "domainName",
      expected: "a name without an alias",
      got: formatValue(domainName),
      remedy: "A name leads to one target.",
    });
  }
  checks.require(![...zone.taken.values()].includes(key), {
    prop: "addAlias",
    expected: "a key of its own for each alias",
    got: formatValue(key),
    remedy: "Use another key.",
  });
  checks.throwIfInvalid();
}

function checkNames(checks: Checks, { domainName, alternativeNames, zoneName }: CompleteDnsCertificateProps): void {
  const zone = checkDomainName(checks, "zoneName", zoneName) ? zoneName : undefined;
  if (checkDomainName(checks, "domainName", domainName)) {
    checks.require(withoutRootDot(domainName).length <= LONGEST_COMMON_NAME, {
      prop: "domainName",
      expected: `at most ${LONGEST_COMMON_NAME} characters`,
      got: `${withoutRootDot(domainName).length}`,
      remedy: "Only the names in alternativeNames may be longer.",
    });
    checkWithinZone(checks, "domainName", [domainName], zone);
  }
  checkAlternativeNames(checks, { domainName, alternativeNames, zone });
}

function checkAlternativeNames(
  checks: Checks,
  given: { domainName: string; alternativeNames: readonly string[]; zone: string | undefined },
): void {
  const prop = "alternativeNames";
  const { domainName, alternativeNames, zone } = given;
  checks.count(prop, alternativeNames, { min: 0, max: MOST_NAMES - 1 }, "AWS allows 10 names until asked for more.");
  const legal = alternativeNames.filter((name) => checkDomainName(checks, prop, name, DOMAIN_OR_WILDCARD));
  checkWithinZone(checks, prop, legal, zone);
  const names = typeof domainName === "string" && DOMAIN_NAME.test(domainName) ? [domainName, ...legal] : legal;
  checks.distinct(prop, names.map(withoutRootDot), "name", "The site's name is part of every certificate already.");
}

function checkWithinZone(checks: Checks, prop: string, names: readonly string[], zone: string | undefined): void {
  if (zone === undefined) return;
  const foreign = names.filter((name) => !isWithin(withoutRootDot(name), withoutRootDot(zone)));
  checks.require(foreign.length === 0, {
    prop,
    expected: `names in the zone ${withoutRootDot(zone)}`,
    got: foreign.map(formatValue).join(", "),
    remedy: "The zone cannot answer for others.",
  });
}

function checkZone(checks: Checks, { zoneId, delegated, forceDestroy }: CompleteDnsCertificateProps): void {
  const remedy = "Take it from the zone's details in Route 53, or leave it out to have a zone made.";
  if (zoneId !== undefined && checks.required("zoneId", zoneId, remedy)) {
    checks.matches("zoneId", zoneId, ZONE_ID, "an id such as Z0123456789ABCDEFGHIJ", remedy);
  }
  checks.require(zoneId === undefined || delegated !== false, {
    prop: "delegated",
    expected: "nothing with zoneId",
    got: formatValue(delegated),
    remedy: "A zone that is there is taken to answer already.",
  });
  checks.require(zoneId === undefined || forceDestroy !== true, {
    prop: "forceDestroy",
    expected: "nothing with zoneId",
    got: formatValue(forceDestroy),
    remedy: "A zone that somebody else made is never deleted here.",
  });
}

function checkProvider(checks: Checks, props: CompleteDnsCertificateProps): void {
  const { cloudfrontProvider, regionalCertificate } = props;
  checks.require(cloudfrontProvider === undefined || TerraformProvider.isTerraformProvider(cloudfrontProvider), {
    prop: "cloudfrontProvider",
    expected: "a provider",
    got: formatValue(cloudfrontProvider),
    remedy: "Pass an AwsProvider with region and alias us-east-1.",
  });
  checks.require(regionalCertificate !== false || cloudfrontProvider !== undefined, {
    prop: "regionalCertificate",
    expected: "true without cloudfrontProvider",
    got: "false",
    remedy: "There would be no certificate at all.",
  });
}
