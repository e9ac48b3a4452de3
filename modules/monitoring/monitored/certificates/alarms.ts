import { type AlarmSpec } from "../../alarm";
import { metricFactory } from "../../metric";
import { certificate } from "../../places";
import { type CompleteThresholds } from "../../thresholds/defaults";

const DAY_SEC = 86_400;

/**
 * Returns an alarm for each certificate. ACM reports the days twice a day until the certificate expires.
 * Source: ACM user guide, "Supported CloudWatch metrics".
 */
export function certificateAlarms(
  certificates: Readonly<Record<string, string>>,
  { certificateDaysLeft }: CompleteThresholds,
): AlarmSpec[] {
  return Object.entries(certificates).map(([name, arn]) => ({
    id: `certificate-${name}-expiry`,
    entry: "certificate-expiry",
    wrong:
      "The certificate expires soon; then no browser connects any more. ACM should have renewed it by now: its validation record is missing, or the certificate was imported.",
    look: [certificate(arn)],
    first: "restore the CNAME record that ACM asks for; import a new certificate if this one was imported.",
    watch: metricFactory("AWS/CertificateManager", { CertificateArn: arn })("DaysToExpiry", "Minimum", DAY_SEC),
    comparison: "<",
    threshold: certificateDaysLeft,
    datapoints: 1,
    periods: 1,
    // ACM stops reporting when the certificate has expired, which must not end the alarm.
    missingData: "ignore",
  }));
}
