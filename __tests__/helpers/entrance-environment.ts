import { defineEnvironment } from "../../environments/define-environment";
import { type Environment } from "../../environments/environment";
import { prod } from "../../environments/prod";

export const ENTRANCES = ["route53", "cloudfront"] as const;

/** The site's name in each of them. */
export const SITE = "crm.example.com";

/** Production with another entrance: `route53` in a zone that is there, `cloudfront` with one that is made. */
export function entranceEnvironment(kind: (typeof ENTRANCES)[number]): Environment {
  const zone = kind === "route53" ? { zoneId: "Z0123456789ABCDEFGHIJ" } : { delegated: true };
  return defineEnvironment({
    ...prod,
    name: kind,
    entrance: { kind, domainName: SITE, zoneName: "example.com", ...zone },
  });
}
