import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
import { EDGE_REGION } from "../../core/edge-region";
import { type CompleteMonitoringProps } from "../defaults";
import { reportsAtEdge } from "../edge-region";
import { checkAlarmKey } from "./names";

/**
 * Checks the distribution, the certificates and the region that their alarms are in.
 * @param region of the alarms, when it is known at synth
 */
export function checkEdge(checks: Checks, props: CompleteMonitoringProps, region: string | undefined): void {
  const { distribution, certificates = {}, provider } = props;
  if (distribution) {
    const remedy = "Without it the alarms would have no metric.";
    checks.required("distribution.distributionId", distribution.distributionId, remedy);
  }
  for (const [name, arn] of Object.entries(certificates)) {
    checkAlarmKey(checks, `certificates.${name}`, name);
    if (checks.required(`certificates.${name}`, arn, "Pass the ARN of the certificate.")) {
      checks.arn(`certificates.${name}`, arn, ARN_TYPES.certificate, "Pass the ARN of a certificate.", provider);
    }
  }
  checks.require(region === undefined || region === EDGE_REGION || !reportsAtEdge(props), {
    code: "monitoring/edge-region",
    prop: "provider",
    expected: `a provider of ${EDGE_REGION}`,
    got: formatValue(region),
    remedy: "CloudFront and its web ACL report there, and an alarm notifies topics of its own region only.",
  });
}
