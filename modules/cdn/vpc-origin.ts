import { CloudfrontVpcOrigin } from "@cdktf/provider-aws/lib/cloudfront-vpc-origin";
import { Fn } from "cdktf";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { whenChanged } from "../core/replacement";
import { createTerraformData } from "../core/terraform-data";
import { type CdnOrigin } from "./props";

export const HTTP_PORT = 80;
export const HTTPS_PORT = 443;

/** Characters of the hash at the end of the name. */
const HASH_LENGTH = 8;

/**
 * Creates the VPC origin. AWS refuses any change of one that a distribution uses (CannotUpdateEntityWhileInUse; CloudFront API reference,
 * UpdateVpcOrigin), so every change creates another one, under another name, before the old one is deleted.
 */
export function createVpcOrigin(scope: Construct, name: string, origin: CdnOrigin): CloudfrontVpcOrigin {
  const { loadBalancerArn, scheme } = origin;
  const settings = createTerraformData(scope, "vpc-origin-settings", { loadBalancerArn, scheme });
  const hash = Fn.substr(Fn.sha256(Fn.join(" ", [loadBalancerArn, scheme])), 0, HASH_LENGTH);
  const stem = physicalName([name, "origin"], { maxLength: 64 - HASH_LENGTH - 1 });
  return new CloudfrontVpcOrigin(scope, "vpc-origin", {
    vpcOriginEndpointConfig: [
      {
        name: `${stem}-${hash}`,
        arn: loadBalancerArn,
        httpPort: HTTP_PORT,
        httpsPort: HTTPS_PORT,
        originProtocolPolicy: `${scheme}-only`,
        originSslProtocols: [{ items: ["TLSv1.2"], quantity: 1 }],
      },
    ],
    // The distribution uses the old one until it has been updated.
    lifecycle: { createBeforeDestroy: true, replaceTriggeredBy: [whenChanged(settings, "input")] },
  });
}
