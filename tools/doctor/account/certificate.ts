import { type ACMClient, DescribeCertificateCommand } from "@aws-sdk/client-acm";
import { askIfPresent } from "./ask";

/** A certificate of ACM. */
export interface Certificate {
  readonly arn: string;
  /** `ISSUED`, `PENDING_VALIDATION`, `EXPIRED`…; `undefined` when there is no such certificate. */
  readonly status: string | undefined;
  /** Names that it is valid for, wildcards included. */
  readonly names: readonly string[];
  readonly expiresAt: Date | undefined;
  /** Why ACM cannot issue or renew it, in its words; empty when nothing is wrong. */
  readonly reason: string;
  /** Whether ACM renews it by itself. */
  readonly isRenewed: boolean;
}

/** Reads a certificate with the client of the region in its ARN. */
export async function readCertificate(acm: (region: string) => ACMClient, arn: string): Promise<Certificate> {
  const region = arn.split(":")[3] ?? "";
  const answer = await askIfPresent(
    "acm:DescribeCertificate",
    ["ResourceNotFoundException"],
    acm(region).send(new DescribeCertificateCommand({ CertificateArn: arn })),
  );
  const found = answer?.Certificate;
  const { FailureReason, RenewalSummary } = found ?? {};
  return {
    arn,
    status: found?.Status,
    names: [...new Set([found?.DomainName ?? "", ...(found?.SubjectAlternativeNames ?? [])])].filter(
      (name) => name !== "",
    ),
    expiresAt: found?.NotAfter,
    reason: [FailureReason, RenewalSummary?.RenewalStatus === "FAILED" ? RenewalSummary.RenewalStatusReason : ""]
      .filter((text) => text !== undefined && text !== "")
      .join(", "),
    isRenewed: found?.Type === "AMAZON_ISSUED",
  };
}
