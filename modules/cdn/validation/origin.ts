import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
import { checkHostName } from "../../core/domain-name";
import { checkSecretHeaderName, checkSecretHeaderValue } from "../../core/secret-header";
import { isUnresolved } from "../../core/tokens";
import { type CompleteCdnProps } from "../defaults";
import { type CdnOrigin, type SecretHeader } from "../props";

/** Checks the load balancer, and that only this distribution can reach it. */
export function checkOrigin(checks: Checks, { origin, originAccess, secretHeader }: CompleteCdnProps): void {
  const remedy = "Pass an AlbWebsocket, or the same fields of another load balancer.";
  if (checks.required("origin", origin, remedy)) checkLoadBalancer(checks, origin, { remedy, originAccess });
  const needsHeader = originAccess === "secret-header";
  checks.require(needsHeader === (secretHeader !== undefined), {
    code: "cdn/secret-header",
    prop: "secretHeader",
    expected: needsHeader ? "a header with originAccess secret-header" : "nothing with originAccess vpc-origin",
    got: secretHeader === undefined ? "nothing" : "a header",
    remedy: needsHeader
      ? "Without it, any CloudFront distribution could reach the load balancer."
      : "Nothing but CloudFront reaches a VPC origin.",
  });
  if (secretHeader) {
    checkSecretHeaderName(checks, "secretHeader.name", secretHeader.name ?? "");
    checkSecretHeaderValue(checks, "secretHeader.value", secretHeader.value);
  }
  checkRequiredHeader(checks, origin?.requiredHeaderName, secretHeader);
}

function checkLoadBalancer(
  checks: Checks,
  origin: CdnOrigin,
  { remedy, originAccess }: { readonly remedy: string } & Pick<CompleteCdnProps, "originAccess">,
): void {
  // A distribution has no region. Its VPC origin is created in its account; any public load balancer can be reached by name.
  const type = { ...ARN_TYPES.loadBalancer, scope: originAccess === "vpc-origin" ? "edge" : "anywhere" } as const;
  if (checks.required("origin.loadBalancerArn", origin.loadBalancerArn, remedy)) {
    checks.arn("origin.loadBalancerArn", origin.loadBalancerArn, type, remedy);
  }
  if (checks.required("origin.dnsName", origin.dnsName, remedy)) {
    checkHostName(checks, "origin.dnsName", origin.dnsName, remedy);
  }
  checks.required("origin.scheme", origin.scheme, remedy);
  if (checks.required("origin.idleTimeoutSec", origin.idleTimeoutSec, remedy)) {
    checks.integer("origin.idleTimeoutSec", origin.idleTimeoutSec, { min: 1, max: 4000, unit: "seconds" }, remedy);
  }
}

/** Requires the header that the load balancer requires: it answers 403 to every other request. */
function checkRequiredHeader(checks: Checks, required: string | undefined, sent: SecretHeader | undefined): void {
  if (isUnresolved(required) || isUnresolved(sent?.name)) return;
  checks.require(required === undefined || sent?.name === required, {
    code: "cdn/required-header",
    prop: "secretHeader.name",
    expected: `${formatValue(required)}, which the load balancer requires`,
    got: formatValue(sent?.name),
    remedy: "Set originAccess to secret-header with this header name, or remove requiredHeader from the load balancer.",
  });
}
