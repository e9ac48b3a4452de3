import { parseArn } from "../../core/arn";
import { type Checks, formatValue } from "../../core/checks";
import { checkIpBlocks } from "../../core/ip-block";
import { LOG_RETENTION_DAYS } from "../../core/log-retention";
import { BASE_NAME } from "../../core/names";
import { isUnresolved } from "../../core/tokens";
import { MANAGED_GROUP_KEYS, MANAGED_GROUPS, type ManagedGroupKey } from "../managed-groups";
import { BUILT_IN_RULE_NAMES } from "../rules";
import { WafStatement } from "../statements";
import { ANONYMOUS_IP_MODES, CUSTOM_ACTIONS, SCOPES, type WafRule } from "../props";
import { RATE_WINDOWS_SEC } from "../rate-windows";
import { type CompleteWafProps } from "../defaults";

/** What a web ACL may hold, and what its price includes. Source: WAF developer guide, "Web ACL capacity units"; WAF pricing. */
const MOST_CAPACITY = 5000;
const FREE_CAPACITY = 1500;
const SWITCHES = ["monitorOnly", "sqlInjection", "logAllRequests", "redactQueryString"] as const;

/** Source: WAF developer guide, "AWS WAF quotas". */
const SMALLEST_RATE_LIMIT = 10;
const LARGEST_RATE_LIMIT = 2_000_000_000;
const LONGEST_NAME = 128;

/** @throws ConfigurationError with every problem of the props */
export function validateWaf(checks: Checks, props: CompleteWafProps): void {
  checks.baseName("name", props.name);
  checks.literalOneOf("scope", props.scope, SCOPES, "Use REGIONAL for a load balancer, CLOUDFRONT for a distribution.");
  for (const switched of SWITCHES) checks.literalBoolean(switched, props[switched]);
  checkAssociations(checks, props);
  checks.matches(
    "socketPath",
    props.socketPath,
    /^\/([A-Za-z0-9._~-]+\/)+$/,
    "a path with a slash at both ends, such as /socket.io/",
    "It is the path of the Socket.IO server; with / every request would count as a socket's.",
  );
  checkRateLimits(checks, props);
  checkIps(checks, "deniedIps", props.deniedIps);
  checkIps(checks, "allowedIps", props.allowedIps);
  checkForwardedIp(checks, props);
  checks.literalOneOf("anonymousIps", props.anonymousIps, ANONYMOUS_IP_MODES, "The README describes these addresses.");
  checkCountedRules(checks, props.countedRules);
  checkCustomRules(checks, props.customRules);
  checkLog(checks, props);
  checks.throwIfInvalid();
}

/** @throws ConfigurationError when the rules are more than a web ACL holds */
export function validateCapacity(checks: Checks, capacity: number): void {
  const remedy = "Remove custom rules or text transformations.";
  checks.require(capacity <= MOST_CAPACITY, {
    prop: "customRules",
    expected: `at most ${MOST_CAPACITY} capacity units in total`,
    got: `about ${capacity}`,
    remedy,
  });
  checks.throwIfInvalid();
  if (capacity <= FREE_CAPACITY) return;
  checks.warn(
    `The rules need about ${capacity} capacity units: beyond ${FREE_CAPACITY} AWS charges more for each request. ${remedy}`,
  );
}

function checkAssociations(checks: Checks, { scope, associateWith }: CompleteWafProps): void {
  const prop = "associateWith";
  const keys = Object.keys(associateWith);
  checks.require(scope !== "CLOUDFRONT" || keys.length === 0, {
    prop,
    expected: "no association with scope CLOUDFRONT",
    got: keys.join(", "),
    remedy: "Pass webAclArn to the distribution.",
  });
  for (const [key, arn] of Object.entries(associateWith)) {
    checkKey(checks, prop, key);
    checks.require(isUnresolved(arn) || (typeof arn === "string" && parseArn(arn) !== undefined), {
      prop: `${prop}.${key}`,
      expected: "an ARN",
      got: formatValue(arn),
      remedy: "Pass the ARN of a load balancer.",
    });
  }
}

function checkRateLimits(checks: Checks, props: CompleteWafProps): void {
  const { requestRateLimit, handshakeRateLimit, socketRateLimit, rateLimitWindowSec } = props;
  const range = { min: SMALLEST_RATE_LIMIT, max: LARGEST_RATE_LIMIT, unit: "requests, or false" };
  for (const [prop, limit] of Object.entries({ requestRateLimit, handshakeRateLimit, socketRateLimit })) {
    if (limit !== false) checks.integer(prop, limit, range, "The limit applies to one address in one window.");
  }
  checks.oneOf("rateLimitWindowSec", rateLimitWindowSec, RATE_WINDOWS_SEC, "WAF supports no other windows.");
}

function checkIps(checks: Checks, prop: string, blocks: readonly string[]): void {
  if (!Array.isArray(blocks) || isUnresolved(blocks)) {
    const remedy = "IPv4 and IPv6 blocks go to different IP sets, which is decided at synth.";
    checks.add({ prop, expected: "a list of literal CIDRs", got: formatValue(blocks), remedy });
    return;
  }
  checkIpBlocks(checks, prop, blocks as readonly string[]);
  const everybody = (blocks as readonly string[]).filter((block) => String(block).endsWith("/0"));
  checks.require(everybody.length === 0, {
    prop,
    expected: "no block that holds all addresses",
    got: everybody.join(", "),
    remedy: "WAF does not accept /0. To match every address, use two /1 blocks.",
  });
}

function checkForwardedIp(checks: Checks, { forwardedIp }: CompleteWafProps): void {
  if (forwardedIp === undefined) return;
  checks.matches(
    "forwardedIp.headerName",
    forwardedIp.headerName ?? "",
    /^[A-Za-z0-9-]{1,255}$/,
    "the name of a header",
    "Name a header that the proxy overwrites instead of appending to it.",
  );
  checks.oneOf(
    "forwardedIp.fallbackBehavior",
    forwardedIp.fallbackBehavior,
    ["MATCH", "NO_MATCH"],
    "It applies when the header holds no valid address.",
  );
}

function checkCountedRules(checks: Checks, countedRules: CompleteWafProps["countedRules"]): void {
  for (const [key, rules] of Object.entries(countedRules)) {
    checks.oneOf("countedRules", key as ManagedGroupKey, MANAGED_GROUP_KEYS, "Name a group that is in the web ACL.");
    if (!(key in MANAGED_GROUPS)) continue;
    for (const rule of rules) {
      checks.matches(
        `countedRules.${key}`,
        rule,
        /^[A-Za-z0-9_-]{1,128}$/,
        "names of the group's rules, such as NoUserAgent_HEADER",
        "The group's documentation lists them.",
      );
    }
  }
}

function checkCustomRules(checks: Checks, rules: readonly WafRule[]): void {
  const prop = "customRules";
  checks.count(prop, rules, { min: 0, max: 100 }, "Move further rules into a rule group.");
  const taken = new Set(BUILT_IN_RULE_NAMES);
  for (const { name, statement, action, order } of rules) {
    checkKey(checks, prop, name);
    checks.require(!taken.has(name), {
      prop,
      expected: "a different name for each rule",
      got: formatValue(name),
      remedy: "Use another name.",
    });
    taken.add(name);
    checks.literalOneOf(
      `${prop}.${name}.action`,
      action,
      CUSTOM_ACTIONS,
      "Leave it out to block, or to keep the actions of a rule group.",
    );
    checks.literalOneOf(`${prop}.${name}.order`, order, ["before", "after"], "It is relative to AWS's rule groups.");
    const made = statement instanceof WafStatement;
    checks.require(made, {
      prop: `${prop}.${name}.statement`,
      expected: "a statement made by byteMatch, and, rateBased or another function of this module",
      got: formatValue(statement),
      remedy: "Nothing checks a handwritten statement before AWS does.",
    });
    checks.require(!made || statement.kind !== "group" || action === undefined || action === "count", {
      prop: `${prop}.${name}.action`,
      expected: "nothing, or count, for a rule group",
      got: formatValue(action),
      remedy: "The rules of a group have their own actions.",
    });
  }
}

function checkLog(checks: Checks, props: CompleteWafProps): void {
  checks.oneOf(
    "logRetentionDays",
    props.logRetentionDays,
    LOG_RETENTION_DAYS,
    "Use a value that CloudWatch Logs accepts.",
  );
  checks.arn("kmsKeyArn", props.kmsKeyArn, "kms", "Pass the ARN of a KMS key, not its id or alias.");
  for (const header of props.redactedHeaders) {
    checks.matches(
      "redactedHeaders",
      header,
      /^[A-Za-z0-9_-]{1,64}$/,
      "names of headers",
      "For example authorization.",
    );
  }
}

function checkKey(checks: Checks, prop: string, key: string): void {
  checks.require(typeof key === "string" && BASE_NAME.test(key) && key.length <= LONGEST_NAME, {
    prop,
    expected: `names of lower-case letters, digits and single hyphens, at most ${LONGEST_NAME}`,
    got: formatValue(key),
    remedy: "The name becomes part of addresses and metric names, which must not change.",
  });
}
