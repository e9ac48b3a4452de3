import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
import { checkEdgeRegion } from "../../core/edge-region";
import { checkIpBlocks, parseIpBlock } from "../../core/ip-block";
import { SOCKET_PATH } from "../../core/path";
import { checkProvider } from "../../core/provider";
import { isUnresolved } from "../../core/tokens";
import { type CompleteWafProps } from "../defaults";
import { checkReferences } from "./references";
import { checkCountedRules, checkCustomRules } from "./rules";
import { checkKey } from "./key";
import { protectedTypeOf } from "./protected-types";

const SWITCHES = ["monitorOnly", "sqlInjection", "logAllRequests", "redactQueryString"] as const;

/** Source: WAF developer guide, "AWS WAF quotas". */
const SMALLEST_RATE_LIMIT = 10;
const LARGEST_RATE_LIMIT = 2_000_000_000;
/** Of one IP set; IPv4 and IPv6 blocks go to different ones. Source: WAF developer guide, "AWS WAF quotas". */
const MAX_ADDRESSES = 10_000;

/** The query string is one of them. Source: WAFV2 API model (botocore), RedactedFields. */
const MAX_REDACTED_FIELDS = 100;

/** @throws ConfigurationError with every problem of the props */
export function validateWaf(checks: Checks, props: CompleteWafProps): void {
  checks.baseName("name", props.name);
  for (const switched of SWITCHES) checks.literalBoolean(switched, props[switched]);
  checkProvider(checks, "provider", props.provider);
  checkRegion(checks, props);
  checkAssociations(checks, props);
  checks.matches(
    "socketPath",
    props.socketPath,
    SOCKET_PATH,
    "a path with a slash at both ends, such as /socket.io/",
    "It is the path of the Socket.IO server; with / every request would count as a socket's.",
  );
  checkRateLimits(checks, props);
  checkIps(checks, "deniedIps", props.deniedIps);
  checkIps(checks, "allowedIps", props.allowedIps);
  checkForwardedIp(checks, props);
  checkCountedRules(checks, props.countedRules);
  checkCustomRules(checks, props.customRules);
  checkReferences(checks, props);
  checkLog(checks, props);
  checks.throwIfInvalid();
}

function checkRegion(checks: Checks, { scope, provider }: CompleteWafProps): void {
  if (scope !== "CLOUDFRONT") return;
  const remedy = "Pass an AwsProvider with region and alias us-east-1.";
  checkEdgeRegion(checks, "provider", provider, { what: "with scope CLOUDFRONT", remedy });
}

function checkAssociations(checks: Checks, { scope, associateWith, provider }: CompleteWafProps): void {
  const prop = "associateWith";
  const keys = Object.keys(associateWith);
  checks.require(scope !== "CLOUDFRONT" || keys.length === 0, {
    code: "waf/cloudfront-association",
    prop,
    expected: "no association with scope CLOUDFRONT",
    got: keys.join(", "),
    remedy: "Pass webAclArn to the distribution.",
  });
  for (const [key, arn] of Object.entries(associateWith)) {
    checkKey(checks, prop, key);
    if (scope === "CLOUDFRONT") continue;
    const type = protectedTypeOf(arn);
    checks.arn(`${prop}.${key}`, arn, type, "Pass the ARN of a load balancer.", provider);
  }
}

function checkRateLimits(checks: Checks, props: CompleteWafProps): void {
  const { requestRateLimit, handshakeRateLimit, socketRateLimit } = props;
  const range = { min: SMALLEST_RATE_LIMIT, max: LARGEST_RATE_LIMIT, unit: "requests, or false" };
  for (const [prop, limit] of Object.entries({ requestRateLimit, handshakeRateLimit, socketRateLimit })) {
    if (limit !== false) checks.integer(prop, limit, range, "The limit applies to one address in one window.");
  }
}

function checkIps(checks: Checks, prop: string, blocks: readonly string[]): void {
  if (!Array.isArray(blocks) || isUnresolved(blocks)) {
    const remedy = "IPv4 and IPv6 blocks go to different IP sets, which is decided at synth.";
    checks.add({
      code: "core/literal-required",
      prop,
      expected: "a list of literal CIDRs",
      got: formatValue(blocks),
      remedy,
    });
    return;
  }
  checkIpBlocks(checks, prop, blocks as readonly string[]);
  for (const version of [4, 6] as const) {
    const count = (blocks as readonly string[]).filter(
      (block) => parseIpBlock(String(block))?.version === version,
    ).length;
    checks.require(count <= MAX_ADDRESSES, {
      code: "waf/ip-set-size",
      prop,
      expected: `at most ${MAX_ADDRESSES} IPv${version} blocks`,
      got: `${count}`,
      remedy: "Join neighbouring blocks, or move some to an IP set of your own and match it with ipSet().",
    });
  }
  const allAddresses = (blocks as readonly string[]).filter((block) => String(block).endsWith("/0"));
  checks.require(allAddresses.length === 0, {
    code: "waf/all-addresses",
    prop,
    expected: "no block that holds all addresses",
    got: allAddresses.join(", "),
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
}

function checkLog(checks: Checks, props: CompleteWafProps): void {
  checks.arn(
    "kmsKeyArn",
    props.kmsKeyArn,
    ARN_TYPES.kmsKey,
    "Pass the ARN of a KMS key, not its id or alias.",
    props.provider,
  );
  const names = props.redactedHeaders.map((header) => String(header).toLowerCase());
  checks.distinct("redactedHeaders", names, "header, in any case", "Remove the repeated one.");
  const max = MAX_REDACTED_FIELDS - (props.redactQueryString ? 1 : 0);
  checks.count("redactedHeaders", names, { min: 0, max }, "Redact fewer headers.");
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
