import { defineEnvironment } from "../../environments/define-environment";
import { type Entrance, type EnvironmentOf } from "../../environments/schema";
import { prod } from "../../environments/prod";

export const ENTRANCES = ["route53", "cloudfront", "header"] as const;

/** The site's domain name, the same for each entrance. */
export const SITE = "crm.example.com";

const name = { domainName: SITE, zoneName: "example.com" };
const entrances: Readonly<Record<(typeof ENTRANCES)[number], Entrance>> = {
  route53: { kind: "route53", ...name, zoneId: "Z0123456789ABCDEFGHIJ" },
  cloudfront: { kind: "cloudfront", ...name, delegated: true },
  header: { kind: "cloudfront", ...name, zoneId: "Z0123456789ABCDEFGHIJ", originAccess: "secret-header" },
};

/** Returns prod with another entrance, in an existing hosted zone or (`cloudfront`) in a new one. */
export function entranceEnvironment(entrance: (typeof ENTRANCES)[number]): EnvironmentOf<"fargate"> {
  return defineEnvironment({ ...prod, name: entrance, entrance: entrances[entrance] });
}
