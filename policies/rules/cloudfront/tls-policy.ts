import { attribute } from "../../finders";
import { Rule } from "../../rule";

/** Nothing below TLS 1.2. Source: CloudFront developer guide, "Supported protocols and ciphers between viewers and CloudFront". */
const ALLOWED: readonly string[] = ["TLSv1.2_2019", "TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"];

export const cloudfrontTlsPolicy = new Rule({
  id: "cloudfront-tls-policy",
  severity: "error",
  types: ["aws_cloudfront_distribution"],
  controls: ["CloudFront.15"],
  reason: "Older policies allow TLS 1.0, TLS 1.1 or weak ciphers.",
  remedy: "Set minimum_protocol_version to TLSv1.2_2021.",
  find: attribute("viewer_certificate.minimum_protocol_version", "TLS 1.2 or newer", (value) =>
    ALLOWED.includes(String(value)),
  ),
});
