import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
import { checkBucketName } from "../../core/bucket-name";
import { checkSecretHeaderName, checkSecretHeaderValue } from "../../core/secret-header";
import { checkVpc } from "../../core/vpc";
import { SECURITY_GROUP_PREFIXES } from "../../core/reserved-prefixes";
import { type AlbAccessLogs, type RequiredHeader } from "../props";
import { type CompleteAlbWebsocketProps } from "../defaults";
import { checkIngressSources } from "./ingress-sources";
import { checkKey } from "./key";
import { checkTimeouts } from "./timeouts";

const SWITCHES = ["internal", "allowInsecureHttp", "redirectHttp"] as const;

/** A rule holds five condition values; two are left for hosts and paths. */
const MOST_HEADER_VALUES = 3;

/** @throws ConfigurationError with every problem of the props */
export function validateAlbWebsocket(checks: Checks, props: CompleteAlbWebsocketProps): void {
  checkName(checks, props.name);
  checkNetwork(checks, props);
  checkHttps(checks, props);
  checkCertificates(checks, props);
  checkTimeouts(checks, props);
  checkIngressSources(checks, props);
  if (props.accessLogs) checkAccessLogs(checks, props.accessLogs);
  if (props.requiredHeader) checkRequiredHeader(checks, props.requiredHeader);
  for (const prop of SWITCHES) checks.literalBoolean(prop, props[prop]);
  checks.throwIfInvalid();
}

function checkName(checks: Checks, name: string): void {
  checks.baseName("name", name, SECURITY_GROUP_PREFIXES);
  checks.require(typeof name !== "string" || !`${name}-`.startsWith("internal-"), {
    code: "alb-websocket/reserved-name",
    prop: "name",
    expected: 'a name that does not begin with "internal-"',
    got: formatValue(name),
    remedy: "AWS reserves that prefix.",
  });
}

function checkNetwork(checks: Checks, { network, internal }: CompleteAlbWebsocketProps): void {
  if (!checks.required("network", network, "Pass a network, or vpcId and publicSubnetIds of one.")) return;
  checkVpc(checks, network.vpcId);
  const tier = internal ? "privateSubnetIds" : "publicSubnetIds";
  const remedy = `${internal ? "An internal" : "An internet-facing"} load balancer needs two zones: pass one subnet in each.`;
  checks.subnets(`network.${tier}`, network[tier], { min: 2, max: Number.POSITIVE_INFINITY }, remedy);
}

function checkHttps(checks: Checks, props: CompleteAlbWebsocketProps): void {
  const { certificateArn, allowInsecureHttp, additionalCertificateArns = {} } = props;
  const both = certificateArn !== undefined && allowInsecureHttp;
  const neither = certificateArn === undefined && !allowInsecureHttp;
  checks.require(!both && !neither, {
    code: "alb-websocket/certificate-or-http",
    prop: "certificateArn",
    expected: "either a certificate for HTTPS or allowInsecureHttp: true",
    got: both ? "both" : "neither",
    remedy: both
      ? "Remove allowInsecureHttp: with a certificate, port 80 only redirects."
      : "Pass the ARN of an ACM certificate; allowInsecureHttp is for development without a domain.",
  });
  const remedy = "Pass the ARN of an ACM certificate in the load balancer's region.";
  checks.arn("certificateArn", certificateArn, ARN_TYPES.certificate, remedy);
  for (const [key, arn] of Object.entries(additionalCertificateArns)) {
    checkKey(checks, "additionalCertificateArns", key);
    checks.arn(`additionalCertificateArns.${key}`, arn, ARN_TYPES.certificate, remedy);
  }
  checks.require(certificateArn !== undefined || Object.keys(additionalCertificateArns).length === 0, {
    code: "alb-websocket/no-default-certificate",
    prop: "additionalCertificateArns",
    expected: "none without certificateArn",
    got: Object.keys(additionalCertificateArns).join(", "),
    remedy: "Pass the listener's default certificate as certificateArn.",
  });
}

/**
 * AWS knows a certificate of a listener once: of two entries, the one that is removed first takes the certificate away from the other.
 * Source: ELBv2 API reference, AddListenerCertificates.
 */
function checkCertificates(checks: Checks, props: CompleteAlbWebsocketProps): void {
  const { certificateArn, additionalCertificateArns = {} } = props;
  if (certificateArn === undefined) return;
  const seen = new Map<string, string>([[certificateArn, "certificateArn"]]);
  for (const [key, arn] of Object.entries(additionalCertificateArns)) {
    const prop = `additionalCertificateArns.${key}`;
    const other = seen.get(arn);
    checks.require(other === undefined, {
      code: "core/duplicate",
      prop,
      expected: "each certificate once",
      got: `the same as ${other}`,
      remedy: "Remove one of the two: AWS removes the certificate together with either.",
    });
    seen.set(arn, prop);
  }
}

function checkAccessLogs(checks: Checks, { bucketName, prefix }: AlbAccessLogs): void {
  if (checks.required("accessLogs.bucketName", bucketName, "Pass the bucketName of a LogBucket.")) {
    checkBucketName(checks, "accessLogs.bucketName", bucketName, "Pass the bucketName of a LogBucket.");
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
  if (!checks.required(prop, values, "Without a value, every request would be refused.")) return;
  checks.count(
    prop,
    values,
    { min: 1, max: MOST_HEADER_VALUES },
    "Pass one value, and a second one while rotating it.",
  );
  for (const value of values) checkSecretHeaderValue(checks, prop, value);
}
