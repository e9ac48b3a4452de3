import { type Account } from "../account/account";
import { DoesNotApply } from "../account/does-not-apply";
import { defineCheck } from "../check";
import { type Problem } from "../finding";

interface Facts {
  readonly domain: string;
  /** Host name of the load balancer or of the distribution in front of it. */
  readonly entrance: string;
  readonly own: readonly string[];
  readonly expected: readonly string[];
  /** What is wrong with the distribution that the stack has. */
  readonly distribution: "missing" | "disabled" | undefined;
}

/** The record of the site's domain leads to the load balancer or the distribution. */
export const dns = defineCheck({
  name: "dns",
  expects: "the site's domain has the addresses of its entrance",
  read,
  judge: (facts) => [...distributionProblems(facts), ...addressProblems(facts)],
});

async function read(account: Account): Promise<Facts> {
  const domain = await account.domain();
  if (domain === undefined) throw new DoesNotApply("the running tasks have no URL in NEXTAUTH_URL");
  const found = await account.distribution();
  const entrance = found?.dnsName ?? (await account.balancers())[0]?.dnsName;
  if (entrance === undefined) throw new DoesNotApply("the service has no load balancer");
  if (entrance.toLowerCase() === domain.toLowerCase()) {
    throw new DoesNotApply("the site is served under the load balancer's own name");
  }
  const [own, expected] = [await account.names.addresses(domain), await account.names.addresses(entrance)];
  const isMissing = found === undefined && account.stack.has("aws_cloudfront_distribution");
  const distribution = isMissing ? "missing" : found?.isEnabled === false ? "disabled" : undefined;
  return { domain, entrance, own, expected, distribution };
}

function distributionProblems({ domain, entrance, distribution }: Facts): Problem[] {
  if (distribution === undefined) return [];
  return [
    {
      severity: "error",
      what:
        distribution === "missing"
          ? `No CloudFront distribution has the alias ${domain}.`
          : `The CloudFront distribution ${entrance} is disabled.`,
      evidence: `ListDistributions: ${distribution === "missing" ? "none has the alias" : `${entrance}, enabled false`}`,
      impact: "CloudFront refuses requests for the site.",
      remedy: "Run `make deploy`, which creates or enables it.",
    },
  ];
}

function addressProblems({ domain, entrance, own, expected, distribution }: Facts): Problem[] {
  // A name server may give some of the addresses only.
  if (distribution === "missing" || own.some((address) => expected.includes(address))) return [];
  return [
    {
      severity: "error",
      what:
        own.length === 0
          ? `The domain ${domain} has no address.`
          : `The domain ${domain} leads somewhere else than to ${entrance}.`,
      evidence: `${domain}: ${own.join(", ") || "no address"}; ${entrance}: ${expected.join(", ") || "no address"}`,
      impact: "Visitors do not reach this environment.",
      remedy: `Create an alias record (Route 53) or a CNAME of ${domain} to ${entrance}; if it is new, wait for the old record's TTL.`,
    },
  ];
}
