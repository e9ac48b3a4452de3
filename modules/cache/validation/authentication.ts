import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { type CompleteCacheProps } from "../defaults";

const KINDS = ["iam", "none"];
const USER_NAME = /^[a-z](-?[a-z0-9])*$/;
const NAMESPACE = /^\/[A-Za-z0-9:._/{}@-]*$/;
/** No glob character: the construct adds the one `*` behind a prefix. */
const PREFIX = /^[A-Za-z0-9:._#/{}@-]+$/;

export function checkAuthentication(checks: Checks, props: CompleteCacheProps): void {
  const { authentication } = props;
  const known = typeof authentication === "object" && authentication !== null && KINDS.includes(authentication.kind);
  checks.require(known, {
    prop: "authentication",
    expected: '{ kind: "iam" } or { kind: "none", reason: "…" }',
    // Whatever else is in there may be a secret.
    got: typeof authentication === "object" ? `kind ${formatValue(authentication?.kind)}` : formatValue(authentication),
    remedy: "There is no password: it would stand in Terraform's state.",
  });
  if (!known) return;
  checkFields(checks, authentication);
  if (authentication.kind === "iam") {
    checkUserName(checks, authentication.userName);
  } else {
    checks.required(
      "authentication.reason",
      authentication.reason,
      "Whoever reads the cache's description should learn why nobody is asked who he is.",
    );
  }
  checkPrefixes(checks, props, "keyPrefixes");
  checkPrefixes(checks, props, "channelPrefixes");
  checkNamespaces(checks, props.socketNamespaces);
}

function checkFields(checks: Checks, authentication: CompleteCacheProps["authentication"]): void {
  const fields = authentication.kind === "iam" ? ["kind", "userName"] : ["kind", "reason"];
  for (const field of Object.keys(authentication).filter((key) => !fields.includes(key))) {
    checks.add({
      prop: `authentication.${field}`,
      expected: `only ${fields.join(", ")} with kind ${authentication.kind}`,
      got: "an unknown field",
      remedy: "There is no password: it would stand in Terraform's state.",
    });
  }
}

function checkUserName(checks: Checks, userName: string | undefined): void {
  if (userName === undefined || isUnresolved(userName)) return;
  const fits =
    typeof userName === "string" && userName.length <= 40 && USER_NAME.test(userName) && userName !== "default";
  checks.require(fits, {
    prop: "authentication.userName",
    expected: 'at most 40 lower-case letters, digits and single hyphens, beginning with a letter, and not "default"',
    got: formatValue(userName),
    remedy: "IAM wants id and name to be the same, and ids have these rules.",
  });
}

function checkPrefixes(checks: Checks, props: CompleteCacheProps, prop: "keyPrefixes" | "channelPrefixes"): void {
  const prefixes = props[prop];
  if (prefixes === undefined) return;
  if (props.authentication.kind === "none") {
    checks.add({
      prop,
      expected: "nothing with authentication none",
      got: formatValue(prefixes),
      remedy: "Only a user can be kept to prefixes.",
    });
    return;
  }
  const list: readonly string[] = Array.isArray(prefixes) && !isUnresolved(prefixes) ? prefixes : [];
  const odd = list.filter((prefix) => typeof prefix !== "string" || (!isUnresolved(prefix) && !PREFIX.test(prefix)));
  checks.require(list.length > 0 && odd.length === 0, {
    prop,
    expected: "a list of prefixes without spaces and glob characters, such as messenger-crm:",
    got: list.length === 0 ? formatValue(prefixes) : odd.map(formatValue).join(", "),
    remedy: "Leave it out to open all of them; the * behind a prefix is added.",
  });
}

function checkNamespaces(checks: Checks, namespaces: readonly string[]): void {
  const list: readonly string[] = Array.isArray(namespaces) && !isUnresolved(namespaces) ? namespaces : [];
  const odd = list.filter((name) => typeof name !== "string" || (!isUnresolved(name) && !NAMESPACE.test(name)));
  checks.require(list.length > 0 && odd.length === 0, {
    prop: "socketNamespaces",
    expected: "a list of namespaces, each with a slash in front",
    got: list.length === 0 ? formatValue(namespaces) : odd.map(formatValue).join(", "),
    remedy: 'Socket.IO\'s own is "/"; one that is made on the fly has no name to allow.',
  });
}
