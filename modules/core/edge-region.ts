import { type TerraformProvider } from "cdktf";
import { type Checks } from "./checks";

/**
 * The region of what belongs to CloudFront: certificates, web ACLs, log deliveries and metrics.
 * Sources: CloudFront developer guide, "Requirements for using SSL/TLS certificates", "Monitoring CloudFront metrics"; WAFV2 API reference,
 * CreateWebACL, Scope.
 */
export const EDGE_REGION = "us-east-1";

/**
 * Requires that a construct creates resources in CloudFront's region, as far as the region is known at synth.
 * @param provider the given one; without it, that of the stack
 * @param what creates them there: "for scope CLOUDFRONT"
 */
export function checkEdgeRegion(
  checks: Checks,
  prop: string,
  provider: TerraformProvider | undefined,
  { what, remedy }: { readonly what: string; readonly remedy: string },
): void {
  checks.whenLocated(provider, ({ region }) => {
    if (region === undefined || region === EDGE_REGION) return undefined;
    const got = `${provider ? "one" : "the stack's, which is"} of ${region}`;
    return { code: "core/edge-region", prop, expected: `a provider of ${EDGE_REGION} ${what}`, got, remedy };
  });
}
