import { Fn, type TerraformStack, TerraformVariable, Token } from "cdktf";
import { type AlbWebsocketProps } from "../../modules/alb-websocket";
import { type CdnProps } from "../../modules/cdn";

/** Props of the load balancer and of CloudFront that keep out requests which bypass CloudFront. */
export interface OriginAccessProps {
  readonly alb: Partial<AlbWebsocketProps>;
  readonly cdn: Pick<CdnProps, "originAccess" | "secretHeader">;
}

/** A load balancer in private subnets, which CloudFront reaches through a VPC origin. */
export const VPC_ORIGIN_ACCESS: OriginAccessProps = { alb: { internal: true }, cdn: { originAccess: "vpc-origin" } };

const HEADER = "x-origin-verify";

/**
 * A public load balancer that accepts only requests with a secret header. Its value is the Terraform variable `origin_secret`, which every
 * plan needs (`TF_VAR_origin_secret`). To rotate it without downtime: apply with the new value as `origin_secret_other`, then with the two
 * swapped, then without the old one.
 */
export function secretHeaderAccess(stack: TerraformStack): OriginAccessProps {
  const value = secretVariable(
    stack,
    "origin_secret",
    "Value of the header that CloudFront sends to the load balancer.",
  );
  const other = secretVariable(stack, "origin_secret_other", "A second value that is let through; empty: none.", "");
  // Without a second value the list holds the first one twice; Terraform stores it as a set.
  const values = [value, Token.asString(Fn.coalesce([other, value]))];
  return {
    // CloudFront never connects by plain HTTP, and its prefix list contains IPv4 addresses only.
    alb: { redirectHttp: false, ipAddressType: "ipv4", requiredHeader: { name: HEADER, values } },
    cdn: { originAccess: "secret-header", secretHeader: { name: HEADER, value } },
  };
}

/** Creates a variable for a header value. The load balancer ignores case and expands wildcards, and short values can be guessed. */
function secretVariable(stack: TerraformStack, name: string, description: string, unset?: ""): string {
  const optional = unset === undefined ? "" : `var.${name} == "" || `;
  return new TerraformVariable(stack, name, {
    type: "string",
    description,
    sensitive: true,
    nullable: false,
    default: unset,
    validation: [
      {
        condition: `\${${optional}can(regex("^[0-9a-z]{32,128}$", var.${name}))}`,
        errorMessage: `${name} has to be 32 to 128 lower-case letters and digits, such as those of \`openssl rand -hex 24\`.`,
      },
    ],
  }).stringValue;
}
