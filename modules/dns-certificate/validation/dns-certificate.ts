import { type Checks, formatValue } from "../../core/checks";
import { checkDomainName, DOMAIN_NAME, DOMAIN_OR_WILDCARD, withoutRootDot } from "../../core/domain-name";
import { checkEdgeRegion } from "../../core/edge-region";
import { checkProvider } from "../../core/provider";
import { type CompleteDnsCertificateProps } from "../defaults";
import { checkWithinZone, ZONE_ID } from "./zone";

/** Longest common name of a certificate, its first name. Source: ACM API reference, RequestCertificate, DomainName. */
const MAX_COMMON_NAME_LENGTH = 64;
/** Names of one certificate; 10 unless AWS has raised the account's quota. Source: ACM user guide, "Quotas". */
const MAX_NAMES = 100;
/** Longest that the provider itself waits, in minutes. */
const MAX_WAIT_MIN = 75;

/** @throws ConfigurationError with every problem of the props */
export function validateDnsCertificate(checks: Checks, props: CompleteDnsCertificateProps): void {
  for (const prop of ["delegated", "regionalCertificate", "createValidationRecords"] as const)
    checks.literalBoolean(prop, props[prop]);
  checkNames(checks, props);
  checkZone(checks, props);
  checkCloudfrontProvider(checks, props);
  checks.integer(
    "validationTimeoutMin",
    props.validationTimeoutMin,
    { min: 1, max: MAX_WAIT_MIN, unit: "minutes" },
    "ACM takes a few minutes once DNS answers.",
  );
  checks.throwIfInvalid();
}

function checkNames(checks: Checks, { domainName, alternativeNames, zoneName }: CompleteDnsCertificateProps): void {
  const zone = checkDomainName(checks, "zoneName", zoneName) ? zoneName : undefined;
  if (checkDomainName(checks, "domainName", domainName)) {
    checks.require(withoutRootDot(domainName).length <= MAX_COMMON_NAME_LENGTH, {
      code: "dns-certificate/common-name-length",
      prop: "domainName",
      expected: `at most ${MAX_COMMON_NAME_LENGTH} characters`,
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
  checks.count(
    prop,
    alternativeNames,
    { min: 0, max: MAX_NAMES - 1 },
    "AWS allows 10 names until the quota is raised.",
  );
  const legal = alternativeNames.filter((name) => checkDomainName(checks, prop, name, DOMAIN_OR_WILDCARD));
  checkWithinZone(checks, prop, legal, zone);
  const names = typeof domainName === "string" && DOMAIN_NAME.test(domainName) ? [domainName, ...legal] : legal;
  checks.distinct(prop, names.map(withoutRootDot), "name", "Every certificate already includes domainName.");
}

function checkZone(checks: Checks, { zoneId, delegated, forceDestroy }: CompleteDnsCertificateProps): void {
  const remedy = "Copy it from the zone's details in Route 53, or leave it out to create a zone.";
  if (zoneId !== undefined && checks.required("zoneId", zoneId, remedy)) {
    checks.matches("zoneId", zoneId, ZONE_ID, "an id such as Z0123456789ABCDEFGHIJ", remedy);
  }
  checks.require(zoneId === undefined || delegated !== false, {
    code: "dns-certificate/existing-zone-setting",
    prop: "delegated",
    expected: "nothing with zoneId",
    got: formatValue(delegated),
    remedy: "An existing zone is assumed to be delegated.",
  });
  checks.require(zoneId === undefined || forceDestroy !== true, {
    code: "dns-certificate/existing-zone-setting",
    prop: "forceDestroy",
    expected: "nothing with zoneId",
    got: formatValue(forceDestroy),
    remedy: "An existing zone is never deleted by this module.",
  });
}

function checkCloudfrontProvider(checks: Checks, props: CompleteDnsCertificateProps): void {
  const { cloudfrontProvider, regionalCertificate } = props;
  checkProvider(checks, "cloudfrontProvider", cloudfrontProvider, "dns-certificate/provider");
  if (cloudfrontProvider) {
    const remedy = "Pass an AwsProvider with region and alias us-east-1.";
    checkEdgeRegion(checks, "cloudfrontProvider", cloudfrontProvider, { what: "for CloudFront's certificate", remedy });
  }
  checks.require(regionalCertificate !== false || cloudfrontProvider !== undefined, {
    code: "dns-certificate/no-certificate",
    prop: "regionalCertificate",
    expected: "true without cloudfrontProvider",
    got: "false",
    remedy: "There would be no certificate at all.",
  });
}
