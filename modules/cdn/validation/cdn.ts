import { parseArn } from "../../core/arn";
import { BUCKET_NAME, BUCKET_NAME_RULE } from "../../core/bucket-name";
import { type Checks, formatValue } from "../../core/checks";
import { checkDomainName, DOMAIN_OR_WILDCARD, withoutRootDot } from "../../core/domain-name";
import { type Heartbeat, IDLE_HEAD_ROOM_SEC, shortestIdleTimeoutSec } from "../../core/heartbeat";
import { checkSecretHeaderName, checkSecretHeaderValue } from "../../core/secret-header";
import { isUnresolved, literal } from "../../core/tokens";
import { type CdnOrigin, ORIGIN_ACCESS, PRICE_CLASSES, type SecretHeader } from "../props";
import { type CompleteCdnProps } from "../defaults";

/**
 * Seconds without a byte after which CloudFront cuts a WebSocket, which nothing changes.
 * Source: CloudFront developer guide, "Quotas", "Quotas on WebSocket connections".
 */
export const WEBSOCKET_IDLE_TIMEOUT_SEC = 600;
/** Longest timeouts without a raised quota. Source: AWS knowledge center, "increase the response and keep-alive timeout quotas". */
const LONGEST_ORIGIN_TIMEOUT_SEC = 180;
const TWO_YEARS_SEC = 63_072_000;
/** Source: CloudFront developer guide, "Quotas on distributions". */
const MOST_NAMES = 100;
const MOST_PATHS = 30;
const PATH_PATTERN = /^\/[A-Za-z0-9_.*$/~"'@:+&?-]{0,254}$/;

/** @throws ConfigurationError with every problem of the props */
export function validateCdn(checks: Checks, props: CompleteCdnProps): void {
  checks.baseName("name", props.name);
  checkNames(checks, props);
  checkOrigin(checks, props);
  checkPaths(checks, props);
  checkTimeouts(checks, props);
  checkWebAcl(checks, props.webAclArn);
  const remedy = "Pass the bucketName of a LogBucket with the writer vended-logs.";
  if (props.accessLogs && checks.required("accessLogs.bucketName", props.accessLogs.bucketName, remedy)) {
    checks.matches("accessLogs.bucketName", props.accessLogs.bucketName, BUCKET_NAME, BUCKET_NAME_RULE, remedy);
  }
  const hsts = { min: 0, max: TWO_YEARS_SEC, unit: "seconds" };
  checks.integer("hstsMaxAgeSec", props.hstsMaxAgeSec, hsts, "A year is usual; 0 makes browsers forget it.");
  checks.oneOf("priceClass", props.priceClass, PRICE_CLASSES, "It decides where CloudFront serves from.");
  checks.throwIfInvalid();
}

function checkNames(checks: Checks, { domainNames, certificateArn }: CompleteCdnProps): void {
  const prop = "domainNames";
  if (checks.required(prop, domainNames, "Name the site, such as crm.example.com.")) {
    checks.count(prop, domainNames, { min: 1, max: MOST_NAMES }, "The load balancer's certificate is for these names.");
    const legal = domainNames.filter((name) => checkDomainName(checks, prop, name, DOMAIN_OR_WILDCARD));
    checks.distinct(prop, legal.map(withoutRootDot), "name", "Remove the repeated one.");
  }
  const remedy = "Request one in ACM in us-east-1, whatever the stack's region is.";
  if (!checks.required("certificateArn", certificateArn, remedy)) return;
  checks.arn("certificateArn", certificateArn, "acm", remedy);
  const arn = isUnresolved(certificateArn) ? undefined : parseArn(certificateArn);
  checks.require(arn?.service !== "acm" || arn.region === "us-east-1", {
    prop: "certificateArn",
    expected: "a certificate in us-east-1",
    got: formatValue(certificateArn),
    remedy,
  });
}

function checkOrigin(checks: Checks, { origin, originAccess, secretHeader }: CompleteCdnProps): void {
  const remedy = "Pass an AlbWebsocket, or the same fields of another load balancer.";
  if (checks.required("origin", origin, remedy)) checkLoadBalancer(checks, origin, remedy);
  checks.literalOneOf("originAccess", originAccess, ORIGIN_ACCESS, "It decides what is made.");
  const wanted = originAccess === "secret-header";
  checks.require(wanted === (secretHeader !== undefined), {
    prop: "secretHeader",
    expected: wanted ? "a header with originAccess secret-header" : "nothing with originAccess vpc-origin",
    got: secretHeader === undefined ? "nothing" : "one",
    remedy: wanted
      ? "Without it everybody with a distribution of their own gets in."
      : "Nobody else reaches the origin.",
  });
  if (secretHeader) {
    checkSecretHeaderName(checks, "secretHeader.name", secretHeader.name ?? "");
    checkSecretHeaderValue(checks, "secretHeader.value", secretHeader.value);
  }
  checkRequiredHeader(checks, origin?.requiredHeaderName, secretHeader);
}

function checkLoadBalancer(checks: Checks, origin: CdnOrigin, remedy: string): void {
  if (checks.required("origin.loadBalancerArn", origin.loadBalancerArn, remedy)) {
    checks.arn("origin.loadBalancerArn", origin.loadBalancerArn, "elasticloadbalancing", remedy);
  }
  checks.required("origin.dnsName", origin.dnsName, remedy);
  if (checks.required("origin.scheme", origin.scheme, remedy)) {
    checks.literalOneOf("origin.scheme", origin.scheme, ["https", "http"], remedy);
  }
  if (checks.required("origin.idleTimeoutSec", origin.idleTimeoutSec, remedy)) {
    checks.integer("origin.idleTimeoutSec", origin.idleTimeoutSec, { min: 1, max: 4000, unit: "seconds" }, remedy);
  }
}

/** What a load balancer asks for has to be what is sent to it: it answers 403 to everything else. */
function checkRequiredHeader(checks: Checks, required: string | undefined, sent: SecretHeader | undefined): void {
  if (isUnresolved(required) || isUnresolved(sent?.name)) return;
  checks.require(required === undefined || sent?.name === required, {
    prop: "secretHeader.name",
    expected: `${formatValue(required)}, which the load balancer asks for`,
    got: formatValue(sent?.name),
    remedy: "Pass originAccess secret-header with this name, or leave requiredHeader of the load balancer out.",
  });
}

function checkPaths(checks: Checks, { socketPath, apiPaths, cachedPaths }: CompleteCdnProps): void {
  checks.require(typeof socketPath === "string" && /^\/([A-Za-z0-9._~-]+\/)+$/.test(socketPath), {
    prop: "socketPath",
    expected: "a literal path with a slash at both ends, such as /socket.io/",
    got: formatValue(socketPath),
    remedy: "It is the path of the Socket.IO server.",
  });
  for (const [prop, paths] of Object.entries({ apiPaths, cachedPaths })) {
    checks.count(prop, paths, { min: 0, max: MOST_PATHS }, "A distribution has few behaviors: use patterns.");
    for (const path of paths) {
      checks.require(typeof path === "string" && PATH_PATTERN.test(path), {
        prop,
        expected: "literal paths that begin with a slash, with * and ? as wildcards",
        got: formatValue(path),
        remedy: "For example /api/*.",
      });
    }
  }
  checks.distinct(
    "cachedPaths",
    [`${socketPath}*`, ...apiPaths, ...cachedPaths],
    "path",
    "Which behavior should it have?",
  );
  checks.require(!cachedPaths.some((path) => path === "/*" || path === "*"), {
    prop: "cachedPaths",
    expected: "paths of files that are the same for everybody",
    got: "/*",
    remedy: "One client's page would be shown to all others.",
  });
}

function checkTimeouts(checks: Checks, props: CompleteCdnProps): void {
  const { heartbeat, readTimeoutSec, keepaliveTimeoutSec, origin } = props;
  const range = { min: 1, max: LONGEST_ORIGIN_TIMEOUT_SEC, unit: "seconds" };
  checks.integer("readTimeoutSec", readTimeoutSec, range, "AWS raises the quota on request.");
  checks.integer("keepaliveTimeoutSec", keepaliveTimeoutSec, range, "AWS raises the quota on request.");
  const [keepalive, idle] = [literal(keepaliveTimeoutSec), literal(origin?.idleTimeoutSec)];
  checks.require(typeof keepalive !== "number" || typeof idle !== "number" || keepalive < idle, {
    prop: "keepaliveTimeoutSec",
    expected: `less than the load balancer's idle timeout of ${String(idle)} s`,
    got: formatValue(keepalive),
    remedy: "The load balancer would now and then close a connection just as a request comes: a 502.",
  });
  if (checkHeartbeat(checks, heartbeat)) checkAgainstHeartbeat(checks, heartbeat, literal(readTimeoutSec));
}

function checkHeartbeat(checks: Checks, heartbeat: Heartbeat): boolean {
  const values = [heartbeat.pingIntervalSec, heartbeat.pingTimeoutSec];
  const valid = values.every((value) => typeof value === "number" && !isUnresolved(value) && value > 0);
  checks.require(valid, {
    prop: "heartbeat",
    expected: "pingIntervalSec and pingTimeoutSec, literal numbers above 0",
    got: formatValue(heartbeat),
    remedy: "Timeouts are judged by them at synth. They are seconds here, and milliseconds in Socket.IO.",
  });
  return valid;
}

function checkAgainstHeartbeat(checks: Checks, heartbeat: Heartbeat, readTimeoutSec: number | undefined): void {
  const { pingIntervalSec, pingTimeoutSec } = heartbeat;
  const silence = shortestIdleTimeoutSec(heartbeat);
  checks.require(silence <= WEBSOCKET_IDLE_TIMEOUT_SEC, {
    prop: "heartbeat",
    expected: `ping interval + ping timeout + head-room within CloudFront's ${WEBSOCKET_IDLE_TIMEOUT_SEC} s for a silent WebSocket`,
    got: `${pingIntervalSec} s + ${pingTimeoutSec} s + ${IDLE_HEAD_ROOM_SEC} s`,
    remedy: "Ping more often: Socket.IO's own 25 s and 20 s are good values.",
  });
  // A poll is answered with the next ping at the latest.
  const shortest = pingIntervalSec + IDLE_HEAD_ROOM_SEC;
  checks.require(readTimeoutSec === undefined || readTimeoutSec >= shortest, {
    prop: "readTimeoutSec",
    expected: `at least ${shortest} s (ping interval ${pingIntervalSec} s + head-room)`,
    got: formatValue(readTimeoutSec),
    remedy: "Long polls without news would end as 504.",
  });
}

function checkWebAcl(checks: Checks, webAclArn: string | undefined): void {
  const remedy = "Pass the webAclArn of a Waf with scope CLOUDFRONT.";
  checks.arn("webAclArn", webAclArn, "wafv2", remedy);
  const arn = webAclArn === undefined || isUnresolved(webAclArn) ? undefined : parseArn(webAclArn);
  checks.require(arn?.service !== "wafv2" || arn.resource.startsWith("global/webacl/"), {
    prop: "webAclArn",
    expected: "a web ACL of the scope CLOUDFRONT",
    got: formatValue(webAclArn),
    remedy,
  });
}
