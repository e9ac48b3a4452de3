import { type Checks, formatValue } from "../../core/checks";
import { type Heartbeat, IDLE_HEAD_ROOM_SEC, longestSilenceSec, shortestIdleTimeoutSec } from "../../core/heartbeat";
import { BUCKET_NAME, BUCKET_NAME_RULE } from "../../core/bucket-name";
import { checkIpBlocks } from "../../core/ip-block";
import { BASE_NAME } from "../../core/names";
import { isUnresolved, literal } from "../../core/tokens";
import { checkSecretHeaderName, checkSecretHeaderValue } from "../../core/secret-header";
import { checkVpc } from "../../core/vpc";
import { type AlbAccessLogs, type RequiredHeader } from "../props";
import { type CompleteAlbWebsocketProps } from "../defaults";
import {
  DESYNC_MITIGATION_MODES,
  IP_ADDRESS_TYPES,
  SSL_POLICIES,
  XFF_HEADER_PROCESSING_MODES,
} from "../load-balancer-options";

const SWITCHES = ["internal", "allowInsecureHttp", "redirectHttp"] as const;

/** AWS's own default, which every other piece of software expects. */
const USUAL_IDLE_TIMEOUT_SEC = 60;
export const LONGEST_IDLE_TIMEOUT_SEC = 4000;
/** Of the five that one rule may hold, so that two are left for hosts and paths. */
const MOST_HEADER_VALUES = 3;

export function defaultIdleTimeoutSec(heartbeat: Heartbeat): number {
  return Math.max(USUAL_IDLE_TIMEOUT_SEC, shortestIdleTimeoutSec(heartbeat));
}

/** @throws ConfigurationError with every problem of the props */
export function validateAlbWebsocket(checks: Checks, props: CompleteAlbWebsocketProps): void {
  checkName(checks, props.name);
  checkNetwork(checks, props);
  checkHttps(checks, props);
  checkTimeouts(checks, props);
  checkAccess(checks, props);
  if (props.accessLogs) checkAccessLogs(checks, props.accessLogs);
  if (props.requiredHeader) checkRequiredHeader(checks, props.requiredHeader);
  const remedy = "See the README for what each does.";
  for (const prop of SWITCHES) checks.literalBoolean(prop, props[prop]);
  checks.literalOneOf("ipAddressType", props.ipAddressType, IP_ADDRESS_TYPES, remedy);
  checks.oneOf("desyncMitigationMode", props.desyncMitigationMode, DESYNC_MITIGATION_MODES, remedy);
  checks.oneOf("xffHeaderProcessingMode", props.xffHeaderProcessingMode, XFF_HEADER_PROCESSING_MODES, remedy);
  checks.throwIfInvalid();
}

function checkName(checks: Checks, name: string): void {
  checks.baseName("name", name);
  checks.require(typeof name !== "string" || !name.startsWith("internal-"), {
    prop: "name",
    expected: 'a name that does not begin with "internal-"',
    got: formatValue(name),
    remedy: "AWS keeps that for itself.",
  });
}

function checkNetwork(checks: Checks, { network, internal }: CompleteAlbWebsocketProps): void {
  if (!checks.required("network", network, "Pass a network, or vpcId and publicSubnetIds of one.")) return;
  checkVpc(checks, network.vpcId);
  const tier = internal ? "privateSubnetIds" : "publicSubnetIds";
  const remedy = `${internal ? "An internal" : "An internet-facing"} load balancer needs two zones: pass one subnet of each.`;
  checks.subnets(`network.${tier}`, network[tier], { min: 2, max: Number.POSITIVE_INFINITY }, remedy);
}

function checkHttps(checks: Checks, props: CompleteAlbWebsocketProps): void {
  const { certificateArn, allowInsecureHttp, additionalCertificateArns = {} } = props;
  const both = certificateArn !== undefined && allowInsecureHttp;
  const neither = certificateArn === undefined && !allowInsecureHttp;
  checks.require(!both && !neither, {
    prop: "certificateArn",
    expected: "either a certificate for HTTPS or allowInsecureHttp: true",
    got: both ? "both" : "neither",
    remedy: both
      ? "Remove allowInsecureHttp: with a certificate, port 80 only redirects."
      : "Pass the ARN of an ACM certificate; allowInsecureHttp is for development without a domain.",
  });
  const remedy = "Pass the ARN of an ACM certificate in the load balancer's region.";
  checks.arn("certificateArn", certificateArn, "acm", remedy);
  for (const [key, arn] of Object.entries(additionalCertificateArns)) {
    checkKey(checks, "additionalCertificateArns", key);
    checks.arn(`additionalCertificateArns.${key}`, arn, "acm", remedy);
  }
  checks.require(certificateArn !== undefined || Object.keys(additionalCertificateArns).length === 0, {
    prop: "additionalCertificateArns",
    expected: "none without certificateArn",
    got: Object.keys(additionalCertificateArns).join(", "),
    remedy: "The first one is the listener's default: pass it as certificateArn.",
  });
  checks.oneOf("sslPolicy", props.sslPolicy, SSL_POLICIES, "Take one that speaks TLS 1.3 and nothing below 1.2.");
}

function checkTimeouts(
  checks: Checks,
  { heartbeat, idleTimeoutSec, clientKeepAliveSec }: CompleteAlbWebsocketProps,
): void {
  checks.integer(
    "clientKeepAliveSec",
    clientKeepAliveSec,
    { min: 60, max: 604_800, unit: "seconds" },
    "AWS's default is 3600.",
  );
  const range = { min: 1, max: LONGEST_IDLE_TIMEOUT_SEC, unit: "seconds" };
  checks.integer("idleTimeoutSec", idleTimeoutSec, range, "Leave it out to have it computed from the heartbeat.");
  if (!checkHeartbeat(checks, heartbeat)) return;
  const shortest = shortestIdleTimeoutSec(heartbeat);
  checks.require(shortest <= LONGEST_IDLE_TIMEOUT_SEC, {
    prop: "heartbeat",
    expected: `an interval and a timeout that fit into an idle timeout of ${LONGEST_IDLE_TIMEOUT_SEC} s`,
    got: `${longestSilenceSec(heartbeat)} s + ${IDLE_HEAD_ROOM_SEC} s of head-room`,
    remedy: "Ping more often: Socket.IO's own 25 s and 20 s are good values.",
  });
  const idleTimeout = literal(idleTimeoutSec);
  checks.require(idleTimeout === undefined || idleTimeout >= shortest, {
    prop: "idleTimeoutSec",
    expected: `at least ${shortest} s (ping interval ${heartbeat.pingIntervalSec} s + ping timeout ${heartbeat.pingTimeoutSec} s + head-room)`,
    got: formatValue(idleTimeout),
    remedy: "A shorter one cuts healthy connections. Leave it out to have it computed.",
  });
}

function checkHeartbeat(checks: Checks, heartbeat: Heartbeat): boolean {
  const prop = "heartbeat";
  const values = [heartbeat?.pingIntervalSec, heartbeat?.pingTimeoutSec];
  const valid = values.every((value) => typeof value === "number" && !isUnresolved(value) && value > 0);
  checks.require(valid, {
    prop,
    expected: "pingIntervalSec and pingTimeoutSec, literal numbers above 0",
    got: formatValue(heartbeat),
    remedy: "Timeouts are computed from them at synth. They are seconds here, and milliseconds in Socket.IO.",
  });
  return valid;
}

function checkAccess(checks: Checks, props: CompleteAlbWebsocketProps): void {
  const { allowedCidrs, allowedPrefixListIds = {}, allowedSecurityGroupIds = {} } = props;
  const named = { allowedPrefixListIds, allowedSecurityGroupIds };
  for (const [prop, ids] of Object.entries(named)) {
    const kind = prop === "allowedPrefixListIds" ? "pl" : "sg";
    for (const [key, id] of Object.entries(ids)) {
      checkKey(checks, prop, key);
      checks.id(`${prop}.${key}`, id, kind, "Pass its id.");
    }
  }
  if (allowedCidrs === undefined) return;
  if (!Array.isArray(allowedCidrs) || isUnresolved(allowedCidrs)) {
    const remedy = "Each block names a rule, so it cannot come from another resource: use a prefix list.";
    checks.add({ prop: "allowedCidrs", expected: "a list of literal CIDRs", got: formatValue(allowedCidrs), remedy });
    return;
  }
  checkIpBlocks(checks, "allowedCidrs", allowedCidrs as readonly string[]);
  const sources = allowedCidrs.length + Object.values(named).flatMap(Object.keys).length;
  checks.require(sources > 0, {
    prop: "allowedCidrs",
    expected: "at least one, or prefix lists or security groups",
    got: "an empty list",
    remedy: "Nobody could connect. Leave it out for everybody.",
  });
}

function checkAccessLogs(checks: Checks, { bucketName, prefix }: AlbAccessLogs): void {
  if (checks.required("accessLogs.bucketName", bucketName, "Pass the bucketName of a LogBucket.")) {
    checks.matches(
      "accessLogs.bucketName",
      bucketName,
      BUCKET_NAME,
      BUCKET_NAME_RULE,
      "Pass the bucketName of a LogBucket.",
    );
  }
  checks.matches(
    "accessLogs.prefix",
    prefix,
    /^(?=.{1,512}$)(?!.*AWSLogs)[A-Za-z0-9!_.*'()-]+(\/[A-Za-z0-9!_.*'()-]+)*$/,
    "a folder without a slash at either end, and without AWSLogs in it",
    "For example alb, or alb/crm.",
  );
}

function checkRequiredHeader(checks: Checks, { name, values }: RequiredHeader): void {
  const remedy = "For example x-origin-verify.";
  if (checks.required("requiredHeader.name", name, remedy)) checkSecretHeaderName(checks, "requiredHeader.name", name);
  const prop = "requiredHeader.values";
  if (!checks.required(prop, values, "Without one nobody would get through.")) return;
  checks.count(prop, values, { min: 1, max: MOST_HEADER_VALUES }, "One, and another one while it is being changed.");
  for (const value of values) checkSecretHeaderValue(checks, prop, value);
}

function checkKey(checks: Checks, prop: string, key: string): void {
  checks.require(BASE_NAME.test(key), {
    prop,
    expected: "names of lower-case letters, digits and single hyphens",
    got: formatValue(key),
    remedy: "The name becomes part of a resource's address.",
  });
}
