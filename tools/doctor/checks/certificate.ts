import { type Account } from "../account/account";
import { type Certificate, readCertificate } from "../account/certificate";
import { DoesNotApply } from "../account/does-not-apply";
import { defineCheck } from "../check";
import { type Problem } from "../finding";

const DAY_MS = 86_400_000;
/** ACM renews 60 days before the end; less than half of that left means that it does not succeed. Source: ACM user guide, "Managed renewal". */
const SOON_DAYS = 30;

export interface CertificateFacts {
  readonly certificate: Certificate;
  /** Name that it has to be valid for; `undefined` for a certificate that visitors do not see. */
  readonly domain: string | undefined;
  readonly now: number;
}

/** What visitors' browsers check. */
export const certificate = defineCheck({
  name: "certificate",
  expects: `the certificate is issued, valid for the site's domain, and has ${SOON_DAYS} days left`,
  read,
  judge: (all) => all.flatMap(certificateProblems),
});

async function read(account: Account): Promise<readonly CertificateFacts[]> {
  const domain = await account.domain();
  const distribution = await account.distribution();
  const listeners = (await account.balancers()).flatMap(({ listeners }) => listeners);
  const behind = listeners.flatMap(({ certificateArns }) => certificateArns);
  const inFront = distribution?.certificateArn === undefined ? [] : [distribution.certificateArn];
  if (behind.length + inFront.length === 0) {
    if ((await account.running()).environment["NEXTAUTH_URL"]?.startsWith("https:") !== true) {
      throw new DoesNotApply("the site is served without TLS");
    }
    const none = { arn: "none", status: undefined, names: [], expiresAt: undefined, reason: "", isRenewed: false };
    return [{ certificate: none, domain, now: account.now() }];
  }
  const visible = inFront.length > 0 ? inFront : behind;
  return Promise.all(
    [...new Set([...inFront, ...behind])].map(async (arn) => ({
      certificate: await readCertificate(account.aws.acm, arn),
      domain: visible.includes(arn) ? domain : undefined,
      now: account.now(),
    })),
  );
}

/** Judges one certificate; shared with the check before a deployment. */
export function certificateProblems({ certificate: found, domain, now }: CertificateFacts): Problem[] {
  const { arn, status, names, expiresAt, reason } = found;
  const evidence = [`${arn}: ${status ?? "does not exist"}`, names.join(", "), reason]
    .filter((text) => text !== "")
    .join("; ");
  const impact = "Browsers refuse the site with a warning that visitors cannot skip, and no socket opens.";
  if (status === undefined) {
    return [
      {
        severity: "error",
        what: "The certificate of the site does not exist in this account and region.",
        evidence,
        impact,
        remedy: "Request it in ACM, validate it, and put its ARN into the environment (entrance.certificateArn).",
      },
    ];
  }
  if (status !== "ISSUED") {
    return [
      {
        severity: "error",
        what: `The certificate is not issued: ${status.toLowerCase().replaceAll("_", " ")}.`,
        evidence,
        impact,
        remedy:
          "Create the validation records that `aws acm describe-certificate` lists, in the public zone of the domain.",
      },
    ];
  }
  return [...coverage(found, domain, { evidence, impact }), ...expiry(found, expiresAt, now, { evidence, impact })];
}

type Words = Pick<Problem, "evidence" | "impact">;

function coverage({ names }: Certificate, domain: string | undefined, words: Words): Problem[] {
  if (domain === undefined || names.some((name) => covers(name, domain))) return [];
  return [
    {
      severity: "error",
      what: `The certificate is not valid for ${domain}.`,
      ...words,
      remedy: `Request a certificate for ${domain}, or correct the domain of the environment.`,
    },
  ];
}

function expiry({ isRenewed }: Certificate, expiresAt: Date | undefined, now: number, words: Words): Problem[] {
  const days = expiresAt === undefined ? Infinity : Math.floor((expiresAt.getTime() - now) / DAY_MS);
  if (days >= SOON_DAYS) return [];
  const until = expiresAt?.toISOString().slice(0, 10);
  return [
    {
      severity: days < 0 ? "error" : "warning",
      what:
        days < 0 ? `The certificate has expired on ${until}.` : `The certificate expires on ${until}, in ${days} days.`,
      ...words,
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
