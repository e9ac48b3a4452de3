import { type Checks, formatValue } from "../modules/core/checks";
import { DOMAIN_NAME } from "../modules/core/domain-name";
import { type Entrance } from "./environment";

type Kind = Entrance["kind"];
type Field = "domainName" | "certificateArn" | "zoneName" | "zoneId" | "delegated" | "originAccess";

type NeededField = "domainName" | "certificateArn" | "zoneName";

/** What each kind has to say, and what it may say. */
const KINDS: Readonly<Record<Kind, { readonly needs: readonly NeededField[]; readonly takes: readonly Field[] }>> = {
  https: { needs: ["domainName", "certificateArn"], takes: [] },
  route53: { needs: ["domainName", "zoneName"], takes: ["zoneId", "delegated"] },
  cloudfront: { needs: ["domainName", "zoneName"], takes: ["zoneId", "delegated", "originAccess"] },
  "insecure-http": { needs: [], takes: [] },
};
const KIND_NAMES = Object.keys(KINDS) as Kind[];

const REMEDIES = {
  domainName: "Name the site, such as crm.example.com.",
  certificateArn: "Request a certificate for the domain in ACM and pass its ARN.",
  zoneName: "Name the hosted zone that the site is in, such as example.com.",
} as const;

/** What goes together in an entrance; that a name is in its zone, and all else of DNS and certificates, is judged by the constructs. */
export function checkEntrance(checks: Checks, entrance: Entrance | undefined, region: string | undefined): void {
  if (entrance === undefined) return;
  const { kind, ...given } = entrance as { readonly kind: Kind } & Readonly<Partial<Record<Field, unknown>>>;
  if (!KIND_NAMES.includes(kind)) {
    checks.add({
      prop: "entrance.kind",
      expected: `one of ${KIND_NAMES.join(", ")}`,
      got: formatValue(kind),
      remedy:
        "https has a certificate, route53 and cloudfront have a hosted zone; insecure-http is for development without a domain.",
    });
    return;
  }
  checkForeign(checks, kind, given);
  const there = KINDS[kind].needs.filter((field) =>
    checks.required(`entrance.${field}`, given[field], REMEDIES[field]),
  );
  if (there.includes("domainName")) checkDomain(checks, given.domainName as string);
  if (there.includes("certificateArn")) checkCertificate(checks, given.certificateArn as string, region);
}

/** A field of another kind is a sign that the kind is the mistake. */
function checkForeign(checks: Checks, kind: Kind, given: Readonly<Partial<Record<Field, unknown>>>): void {
  const { needs, takes } = KINDS[kind];
  for (const [field, value] of Object.entries(given) as [Field, unknown][]) {
    if (value === undefined || [...needs, ...takes].includes(field)) continue;
    const others = KIND_NAMES.filter((other) => [...KINDS[other].needs, ...KINDS[other].takes].includes(field));
    checks.add({
      prop: `entrance.${field}`,
      expected: `nothing with ${kind}`,
      got: formatValue(value),
      remedy: `Set kind to ${others.map((other) => `"${other}"`).join(" or ")}, or remove it.`,
    });
  }
}

function checkDomain(checks: Checks, domainName: string): void {
  checks.matches(
    "entrance.domainName",
    domainName,
    DOMAIN_NAME,
    "a domain name with no scheme, such as crm.example.com",
    "Write an international name in its xn-- form.",
  );
}

function checkCertificate(checks: Checks, certificateArn: string, region: string | undefined): void {
  checks.arn("entrance.certificateArn", certificateArn, "acm", REMEDIES.certificateArn);
  checks.require(region === undefined || String(certificateArn).split(":")[3] === region, {
    prop: "entrance.certificateArn",
    expected: `a certificate in ${String(region)}`,
    got: formatValue(certificateArn),
    remedy: "A load balancer takes certificates of its own region only.",
  });
}
