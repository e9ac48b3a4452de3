import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { defaultUserId } from "../access-control";
import { describeCache } from "../description";
import { type CompleteCacheProps } from "../defaults";

const USER_NAME = /^[a-z](-?[a-z0-9])*$/;
const NAMESPACE = /^\/[A-Za-z0-9:._/{}@-]*$/;
/** Without glob characters: the construct appends `*` to each prefix. */
const PREFIX = /^[A-Za-z0-9:._#/{}@-]+$/;

export function checkAuthentication(checks: Checks, props: CompleteCacheProps): void {
  const { authentication } = props;
  if (authentication.kind === "iam") {
    checkUserName(checks, authentication.userName);
    checkDefaultUser(checks, props, authentication.userName);
  } else {
    const given = checks.required(
      "authentication.reason",
      authentication.reason,
      "Say why the cache has no authentication; the reason becomes part of its description.",
      "cache/no-authentication-reason",
    );
    if (given) checkDescription(checks, props, authentication.reason);
  }
  checkPrefixes(checks, props, "keyPrefixes");
  checkPrefixes(checks, props, "channelPrefixes");
  checkNamespaces(checks, props.socketNamespaces);
}

function checkUserName(checks: Checks, userName: string | undefined): void {
  if (userName === undefined || isUnresolved(userName)) return;
  const fits =
    typeof userName === "string" && userName.length <= 40 && USER_NAME.test(userName) && userName !== "default";
  checks.require(fits, {
    code: "cache/user-name",
    prop: "authentication.userName",
    expected: 'at most 40 lower-case letters, digits and single hyphens, beginning with a letter, and not "default"',
    got: formatValue(userName),
    remedy: "With IAM, the user's name is also its id, which has these rules.",
  });
}

/** Two users of a group cannot have one id. */
function checkDefaultUser(checks: Checks, { engine, name }: CompleteCacheProps, userName: string | undefined): void {
  checks.require(engine !== "redis" || userName === undefined || userName !== defaultUserId(name), {
    code: "cache/user-name",
    prop: "authentication.userName",
    expected: "another name than the id of the disabled user default",
    got: formatValue(userName),
    remedy: "Redis OSS needs that user in the group: choose another name.",
  });
}

/** Source: ElastiCache API reference, CreateServerlessCache.Description. */
const MAX_DESCRIPTION = 255;

function checkDescription(checks: Checks, props: CompleteCacheProps, reason: string): void {
  if (props.kind !== "serverless" || isUnresolved(reason)) return;
  const room = MAX_DESCRIPTION - describeCache({ ...props, authentication: { kind: "none", reason: "" } }).length;
  checks.require(reason.length <= room, {
    code: "cache/reason-length",
    prop: "authentication.reason",
    expected: `at most ${room} characters`,
    got: `${reason.length}`,
    remedy: `It is part of the description, which has ${MAX_DESCRIPTION} at most: say it shorter.`,
  });
}

function checkPrefixes(checks: Checks, props: CompleteCacheProps, prop: "keyPrefixes" | "channelPrefixes"): void {
  const prefixes = props[prop];
  if (prefixes === undefined) return;
  if (props.authentication.kind === "none") {
    checks.add({
      code: "cache/prefixes-without-user",
      prop,
      expected: "nothing with authentication none",
      got: formatValue(prefixes),
      remedy: "Prefixes restrict a user, and without authentication there is none.",
    });
    return;
  }
  const list: readonly string[] = Array.isArray(prefixes) && !isUnresolved(prefixes) ? prefixes : [];
  const malformed = list.filter(
    (prefix) => typeof prefix !== "string" || (!isUnresolved(prefix) && !PREFIX.test(prefix)),
  );
  checks.require(list.length > 0 && malformed.length === 0, {
    code: "cache/prefix",
    prop,
    expected: "a list of prefixes without spaces and glob characters, such as messenger-crm:",
    got: list.length === 0 ? formatValue(prefixes) : malformed.map(formatValue).join(", "),
    remedy: "Omit it to allow all of them; the construct appends * to each prefix.",
  });
}

function checkNamespaces(checks: Checks, namespaces: readonly string[]): void {
  const list: readonly string[] = Array.isArray(namespaces) && !isUnresolved(namespaces) ? namespaces : [];
  const malformed = list.filter((name) => typeof name !== "string" || (!isUnresolved(name) && !NAMESPACE.test(name)));
  checks.require(list.length > 0 && malformed.length === 0, {
    code: "cache/namespace",
    prop: "socketNamespaces",
    expected: "a list of namespaces that begin with a slash",
    got: list.length === 0 ? formatValue(namespaces) : malformed.map(formatValue).join(", "),
    remedy: 'Socket.IO\'s default namespace is "/"; a dynamic namespace cannot be allowed by name.',
  });
}
