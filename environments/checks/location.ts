import { type Checks, formatValue } from "../../modules/core/checks";
import { parseArn } from "../../modules/core/arn";
import { type Environment } from "../schema";
import { type Draft } from "./draft";

/** Refuses availability zones and certificates that are not in the environment's region. */
export function checkLocation(checks: Checks, { region, availabilityZones, entrance }: Draft<Environment>): void {
  if (region === undefined) return;
  const foreign = (availabilityZones ?? []).filter((zone) => String(zone).slice(0, -1) !== region);
  checks.require(foreign.length === 0, {
    code: "environments/zone-of-another-region",
    prop: "availabilityZones",
    expected: `zones of ${region}`,
    got: foreign.join(", "),
    remedy: "Name zones of the environment's own region.",
  });
  const certificateArn = entrance !== undefined && "certificateArn" in entrance ? entrance.certificateArn : undefined;
  const certificateRegion = certificateArn === undefined ? undefined : parseArn(certificateArn)?.region;
  checks.require(certificateRegion === undefined || certificateRegion === region, {
    code: "environments/certificate-of-another-region",
    prop: "entrance.certificateArn",
    expected: `a certificate in ${region}`,
    got: formatValue(certificateArn),
    remedy: "Request the certificate in this region: a load balancer cannot use one of another region.",
  });
}
