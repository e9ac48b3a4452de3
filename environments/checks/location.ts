import { type Checks, formatValue } from "../../modules/core/checks";
import { parseArn } from "../../modules/core/arn";
import { type Environment } from "../schema";
import { type Draft } from "./draft";

/** Refuses availability zones and certificates that are not in the environment's region, and certificates of another account. */
export function checkLocation(checks: Checks, environment: Draft<Environment>): void {
  const { region, availabilityZones, entrance } = environment;
  checkCertificateAccount(checks, environment);
  if (region === undefined) return;
  const foreign = (availabilityZones ?? []).filter((zone) => String(zone).slice(0, -1) !== region);
  checks.require(foreign.length === 0, {
    code: "environments/zone-of-another-region",
    prop: "availabilityZones",
    expected: `zones of ${region}`,
    got: foreign.join(", "),
    remedy: "Name zones of the environment's own region.",
  });
  const certificateArn = certificateOf(entrance);
  const certificateRegion = certificateArn === undefined ? undefined : parseArn(certificateArn)?.region;
  checks.require(certificateRegion === undefined || certificateRegion === region, {
    code: "environments/certificate-of-another-region",
    prop: "entrance.certificateArn",
    expected: `a certificate in ${region}`,
    got: formatValue(certificateArn),
    remedy: "Request the certificate in this region: a load balancer cannot use one of another region.",
  });
}

function certificateOf(entrance: Draft<Environment>["entrance"]): string | undefined {
  return entrance !== undefined && "certificateArn" in entrance ? entrance.certificateArn : undefined;
}

/** A load balancer uses certificates of its own account only. Source: ACM user guide, "Services integrated with ACM". */
function checkCertificateAccount(checks: Checks, { accountId, entrance }: Draft<Environment>): void {
  const certificateArn = certificateOf(entrance);
  const owner = certificateArn === undefined ? undefined : parseArn(certificateArn)?.accountId;
  checks.require(owner === undefined || accountId === undefined || owner === accountId, {
    code: "environments/certificate-of-another-account",
    prop: "entrance.certificateArn",
    expected: `a certificate of account ${accountId}`,
    got: `one of ${owner}`,
    remedy: "Request the certificate in the environment's account: a load balancer cannot use one of another account.",
  });
}
