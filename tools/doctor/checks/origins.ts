import { DoesNotApply } from "../account/does-not-apply";
import { defineCheck } from "../check";
import { type Problem } from "../finding";

/** Browsers send the page's origin with each handshake, and the application matches it exactly. */
export const origins = defineCheck({
  name: "origins",
  expects: "the running tasks admit the site's own origin, and tell the page to open its socket there",
  read: async (account) => {
    const { environment, revision } = await account.running();
    const site = originOf(environment["NEXTAUTH_URL"]);
    if (site === undefined) throw new DoesNotApply("the running tasks have no URL in NEXTAUTH_URL");
    const entrance = (await account.distribution())?.dnsName;
    const balancers = entrance === undefined ? (await account.balancers()).map(({ dnsName }) => dnsName) : [];
    return {
      revision,
      site,
      allowed: (environment["ALLOWED_ORIGINS"] ?? "").split(",").map((origin) => origin.trim()),
      socketUrl: environment["NEXT_PUBLIC_SOCKET_URL"] ?? "",
      declared: account.stack.domain() ?? balancers[0],
    };
  },
  judge: ({ revision, site, allowed, socketUrl, declared }) => {
    const problems: Problem[] = [];
    const remedy = "Run `make deploy`, which derives the variables from the entrance.";
    if (!allowed.includes(site)) {
      problems.push({
        severity: "error",
        what: `The tasks refuse pages of the site itself, ${site}.`,
        evidence: `revision ${revision}: ALLOWED_ORIGINS is ${allowed.join(", ") || "empty"}`,
        impact:
          "Nobody can open a socket from the site: handshakes end with 403, and the page says that it is offline.",
        remedy,
      });
    }
    if (originOf(socketUrl.replace(/^ws/, "http")) !== site) {
      problems.push({
        severity: "error",
        what: `The page opens its socket at ${socketUrl || "no address"}, which is not the site.`,
        evidence: `revision ${revision}: NEXT_PUBLIC_SOCKET_URL is ${socketUrl || "missing"}, NEXTAUTH_URL is ${site}`,
        impact: "Sockets go to another host, without the cookie of the sign-in.",
        remedy,
      });
    }
    const host = new URL(site).hostname;
    if (declared !== undefined && declared.toLowerCase() !== host.toLowerCase()) {
      problems.push({
        severity: "warning",
        what: `The tasks run for ${host}, but the stack's entrance is ${declared}.`,
        evidence: `revision ${revision}: NEXTAUTH_URL is ${site}`,
        impact: "Visitors of the entrance are refused or redirected to another host.",
        remedy,
      });
    }
    return problems;
  },
});

function originOf(text: string | undefined): string | undefined {
  return text !== undefined && URL.canParse(text) ? new URL(text).origin : undefined;
}
