import { type Account } from "../account/account";
import { type Certificate, readCertificate } from "../account/certificate";
import { DoesNotApply } from "../account/does-not-apply";
import { defineCheck } from "../check";
import { type Problem } from "../finding";

const DAY_MS = 86_400_000;
/** ACM renews 60 days before the end; less than half of that left means that it does not succeed. Source: ACM user guide, "Managed renewal". */
const SOON_DAYS = 30;

export interface CertificateFacts {
  /** What visitors see; one of them has to be valid for the domain. */
  readonly visible: readonly Certificate[];
  /** Between the distribution and the load balancer. */
  readonly behind: readonly Certificate[];
  readonly domain: string | undefined;
  readonly now: number;
}

/** What visitors' browsers check. */
export const certificate = defineCheck({
  name: "certificate",
  expects: `the certificate is issued, valid for the site's domain, and has ${SOON_DAYS} days left`,
  read,
  judge: certificateProblems,
});

async function read(account: Account): Promise<CertificateFacts> {
  const domain = await account.domain();
  const edge = (await account.distribution())?.certificateArn;
  const listeners = (await account.balancers()).flatMap((balancer) => balancer.listeners);
  const arns = [...new Set(listeners.flatMap(({ certificateArns }) => certificateArns))];
  const isServedWithTls = (await account.running()).environment["NEXTAUTH_URL"]?.startsWith("https:") === true;
  if (arns.length === 0 && edge === undefined && !isServedWithTls) {
    throw new DoesNotApply("the site is served without TLS");
  }
  const ofBalancers = await Promise.all(arns.map((arn) => readCertificate(account.aws.acm, arn)));
  const facts = { domain, now: account.now() };
  if (edge === undefined) return { ...facts, visible: ofBalancers, behind: [] };
  return { ...facts, visible: [await readCertificate(account.aws.acm, edge)], behind: ofBalancers };
}

const IMPACT = "Browsers refuse the site with a warning that visitors cannot skip, and no socket opens.";

/** Judges what visitors see; shared with the check before a deployment. */
export function certificateProblems({ visible, behind, domain, now }: CertificateFacts): Problem[] {
  const each = [...visible, ...behind].flatMap((one) => certificateProblem(one, now));
  return [...each, ...coverage(visible, domain)];
}

function certificateProblem(found: Certificate, now: number): Problem[] {
  const { status } = found;
  const words = { evidence: describe(found), impact: IMPACT };
  if (status === undefined) {
    return [
      {
        severity: "error",
        what: "The certificate of the site does not exist in this account and region.",
        ...words,
        remedy: "Request it in ACM, validate it, and put its ARN into the environment (entrance.certificateArn).",
      },
    ];
  }
  if (status !== "ISSUED") {
    return [
      {
        severity: "error",
        what: `The certificate is not issued: ${status.toLowerCase().replaceAll("_", " ")}.`,
        ...words,
        remedy:
          "Create the validation records that `aws acm describe-certificate` lists, in the public zone of the domain.",
      },
    ];
  }
  return expiry(found, now);
}

function describe({ arn, status, names, reason }: Certificate): string {
  return [`${arn}: ${status ?? "does not exist"}`, names.join(", "), reason].filter((text) => text !== "").join("; ");
}

/** One that does not exist, or is not issued, is a problem of its own. */
function coverage(visible: readonly Certificate[], domain: string | undefined): Problem[] {
  const issued = visible.filter(({ status }) => status === "ISSUED");
  if (domain === undefined || (issued.length === 0 && visible.length > 0)) return [];
  if (issued.some(({ names }) => names.some((name) => covers(name, domain)))) return [];
  return [
    {
      severity: "error",
      what: visible.length === 0 ? "No listener has a certificate." : `The certificate is not valid for ${domain}.`,
      evidence: visible.map(describe).join("\n") || `the tasks are told that the site is https://${domain}`,
      impact: IMPACT,
      remedy: `Request a certificate for ${domain}, or correct the domain of the environment.`,
    },
  ];
}

function expiry(found: Certificate, now: number): Problem[] {
  const { expiresAt, isRenewed } = found;
  const days = expiresAt === undefined ? Infinity : Math.floor((expiresAt.getTime() - now) / DAY_MS);
  if (days >= SOON_DAYS) return [];
  const until = expiresAt?.toISOString().slice(0, 10);
  return [
    {
      severity: days < 0 ? "error" : "warning",
      what:
        days < 0 ? `The certificate has expired on ${until}.` : `The certificate expires on ${until}, in ${days} days.`,
      evidence: describe(found),
      impact: IMPACT,
      remedy: isRenewed
        ? "ACM renews it only while its validation records exist: compare them with `aws acm describe-certificate`."
        : "It was imported: import the renewed one under the same ARN (`aws acm import-certificate`).",
    },
  ];
}

/** A wildcard stands for exactly one label. Source: RFC 6125, 6.4.3. */
function covers(name: string, domain: string): boolean {
  const [one, other] = [name.toLowerCase(), domain.toLowerCase()];
  if (!one.startsWith("*.")) return one === other;
  return other.split(".").slice(1).join(".") === one.slice(2);
}
