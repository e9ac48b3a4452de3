import { Fn, type TerraformStack, TerraformVariable, Token } from "cdktf";
import { type AlbWebsocketProps } from "../../modules/alb-websocket/index";
import { type CdnProps } from "../../modules/cdn/index";

/** Both ends of the way from CloudFront to the load balancer. */
export interface OriginAccessProps {
  readonly alb: Partial<AlbWebsocketProps>;
  readonly cdn: Pick<CdnProps, "originAccess" | "secretHeader">;
}

/** The load balancer stands in private subnets. */
export const VPC_ORIGIN: OriginAccessProps = { alb: { internal: true }, cdn: { originAccess: "vpc-origin" } };

const HEADER = "x-origin-verify";

/**
 * A public load balancer that asks for a header, whose value is given to every plan: `TF_VAR_origin_secret`. To change it without a gap,
 * apply with the next one as `origin_secret_other`, then with the two swapped, then without the old one.
 */
export function secretHeaderAccess(stack: TerraformStack): OriginAccessProps {
  const value = secretVariable(
    stack,
    "origin_secret",
    "Value of the header that CloudFront sends to the load balancer.",
  );
  const other = secretVariable(stack, "origin_secret_other", "A second value that is let through; empty: none.", "");
  // Without a second one it is the first once more, and Terraform keeps a set.
  const values = [value, Token.asString(Fn.coalesce([other, value]))];
  return {
    // Nobody speaks plain HTTP to it, and the list has IPv4 addresses.
    alb: { redirectHttp: false, ipAddressType: "ipv4", requiredHeader: { name: HEADER, values } },
    cdn: { originAccess: "secret-header", secretHeader: { name: HEADER, value } },
  };
}

/** The load balancer compares without regard to case and has wildcards, and what is short can be guessed. */
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
