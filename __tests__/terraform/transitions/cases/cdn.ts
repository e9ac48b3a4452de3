import { TerraformVariable } from "cdktf";
import { type Construct } from "constructs";
import { AlbWebsocket, Cdn, type CdnProps, Waf } from "../../../../modules";
import { type Case, changes, type Surroundings } from "../../../helpers/transitions/transitions";

const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f";

interface Shape {
  readonly origin?: "a" | "b";
  readonly waf?: boolean;
}

/** A distribution with its load balancer, which is internal behind a VPC origin and public behind a header. */
const cdn =
  ({ originAccess = "vpc-origin", ...props }: Partial<CdnProps>, { origin = "a", waf = false }: Shape = {}) =>
  (scope: Construct, { name, network, edge }: Surroundings): void => {
    const alb = new AlbWebsocket(scope, `alb-${origin}`, {
      name: `${name}-${origin}`,
      network,
      allowInsecureHttp: true,
      deletionProtection: false,
      internal: originAccess === "vpc-origin",
    });
    const acl = waf ? new Waf(scope, "waf", { name, scope: "CLOUDFRONT", provider: edge }) : undefined;
    new Cdn(scope, "cdn", {
      name,
      domainNames: [`${name}.example.com`],
      certificateArn: CERTIFICATE,
      origin: alb,
      originAccess,
      secretHeader: originAccess === "secret-header" ? secretHeader(scope) : undefined,
      webAclArn: acl?.webAclArn,
      ...props,
    });
  };

function secretHeader(scope: Construct) {
  const value = new TerraformVariable(scope, "secret", {
    type: "string",
    default: "0123456789abcdef",
    sensitive: true,
  });
  return { name: "x-origin-verify", value: value.stringValue };
}

export const cdnCases: readonly Case[] = [
  changes(
    "Cdn",
    "originAccess, secretHeader",
    ["vpc-origin", cdn({})],
    ["secret-header, its load balancer public", cdn({ originAccess: "secret-header" })],
    ["vpc-origin, its load balancer internal", cdn({})],
  ),
  changes("Cdn", "origin", ["a load balancer", cdn({})], ["another one", cdn({}, { origin: "b" })]),
  changes(
    "Cdn",
    "webAclArn",
    ["a web ACL", cdn({}, { waf: true })],
    ["none, the web ACL destroyed", cdn({})],
    ["a web ACL", cdn({}, { waf: true })],
  ),
];
