import { parseArn } from "../../core/arn";
import { ARN_TYPES } from "../../core/arn-types";
import { checkBucketName } from "../../core/bucket-name";
import { type Checks, formatValue } from "../../core/checks";
import { checkDomainName, DOMAIN_OR_WILDCARD, withoutRootDot } from "../../core/domain-name";
import { checkEdgeRegion, EDGE_REGION } from "../../core/edge-region";
import { locationOf } from "../../core/location";
import { checkProvider } from "../../core/provider";
import { checkWafScope } from "../../core/waf-scope";
import { isUnresolved } from "../../core/tokens";
import { type CompleteCdnProps } from "../defaults";
import { checkOrigin } from "./origin";
import { checkPaths } from "./paths";
import { checkTimeouts } from "./timeouts";

const TWO_YEARS_SEC = 63_072_000;
/** Source: CloudFront developer guide, "Quotas on distributions". */
const MAX_NAMES = 100;

/** @throws ConfigurationError with every problem of the props */
export function validateCdn(checks: Checks, props: CompleteCdnProps): void {
  checks.baseName("name", props.name);
  checkNames(checks, props);
  checkOrigin(checks, props);
  checkPaths(checks, props);
  checkTimeouts(checks, props);
  checkWebAcl(checks, props.webAclArn);
  checkProvider(checks, "provider", props.provider);
  checkAccessLogs(checks, props);
  // The provider (5.100) drops a 0, and its request fails for want of the number.
  const hsts = { min: 1, max: TWO_YEARS_SEC, unit: "seconds" };
  checks.integer("hstsMaxAgeSec", props.hstsMaxAgeSec, hsts, "One year is usual; 1 makes browsers drop the setting.");
  checks.throwIfInvalid();
}

function checkAccessLogs(checks: Checks, { accessLogs, provider }: CompleteCdnProps): void {
  if (!accessLogs) return;
  const remedy = "Pass the bucketName of a LogBucket with the writer vended-logs.";
  if (checks.required("accessLogs.bucketName", accessLogs.bucketName, remedy)) {
    checkBucketName(checks, "accessLogs.bucketName", accessLogs.bucketName, remedy);
  }
  const another = "CloudFront delivers its logs from there: pass an AwsProvider with region and alias us-east-1.";
  checkEdgeRegion(checks, "provider", provider, { what: "with accessLogs", remedy: another });
}

function checkNames(checks: Checks, { domainNames, certificateArn }: CompleteCdnProps): void {
  const prop = "domainNames";
  if (checks.required(prop, domainNames, "Pass the site's name, such as crm.example.com.")) {
    checks.count(
      prop,
      domainNames,
      { min: 1, max: MAX_NAMES },
      "CloudFront allows up to 100 names for a distribution.",
    );
    const legal = domainNames.filter((name) => checkDomainName(checks, prop, name, DOMAIN_OR_WILDCARD));
    checks.distinct(prop, legal.map(withoutRootDot), "name", "Remove the repeated one.");
  }
  const remedy = "Request one from ACM in us-east-1, whatever the stack's region.";
  if (!checks.required("certificateArn", certificateArn, remedy)) return;
  checks.arn("certificateArn", certificateArn, ARN_TYPES.edgeCertificate, remedy);
  const problem = {
    code: "cdn/certificate-region",
    prop: "certificateArn",
    expected: `a certificate in ${EDGE_REGION}`,
    remedy,
  } as const;
  const arn = isUnresolved(certificateArn) ? undefined : parseArn(certificateArn);
  const fits = arn?.service !== "acm" || arn.region === EDGE_REGION;
  checks.require(fits, { ...problem, got: formatValue(certificateArn) });
  checks.whenKnown(certificateArn, ({ resource }) => {
    const { region = EDGE_REGION } = locationOf(resource, resource.provider);
    return region === EDGE_REGION ? undefined : { ...problem, got: `one in ${region}, ${resource.node.path}` };
  });
}

function checkWebAcl(checks: Checks, webAclArn: string | undefined): void {
  if (webAclArn === undefined) return;
  const remedy = "Pass the webAclArn of a Waf with scope CLOUDFRONT.";
  checks.arn("webAclArn", webAclArn, ARN_TYPES.webAcl, remedy);
  const expected = "a web ACL with scope CLOUDFRONT";
  checkWafScope(checks, webAclArn, "CLOUDFRONT", { code: "cdn/web-acl-scope", prop: "webAclArn", expected, remedy });
}
