import { defineEnvironment } from "../../environments/define-environment";
import { type Entrance, type Environment } from "../../environments/schema";
import { prod } from "../../environments/prod";

export const ENTRANCES = ["route53", "cloudfront", "header"] as const;

/** The site's name in each of them. */
export const SITE = "crm.example.com";

const name = { domainName: SITE, zoneName: "example.com" };
const entrances: Readonly<Record<(typeof ENTRANCES)[number], Entrance>> = {
  route53: { kind: "route53", ...name, zoneId: "Z0123456789ABCDEFGHIJ" },
  cloudfront: { kind: "cloudfront", ...name, delegated: true },
  header: { kind: "cloudfront", ...name, zoneId: "Z0123456789ABCDEFGHIJ", originAccess: "secret-header" },
};

/** Production by another entrance: in a zone that is there, or (`cloudfront`) in one that is made. */
export function entranceEnvironment(entrance: (typeof ENTRANCES)[number]): Environment {
  return defineEnvironment({ ...prod, name: entrance, entrance: entrances[entrance] });
}
