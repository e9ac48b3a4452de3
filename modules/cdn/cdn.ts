import { CloudfrontCachePolicy } from "@cdktf/provider-aws/lib/cloudfront-cache-policy";
import {
  CloudfrontDistribution,
  type CloudfrontDistributionOrigin,
} from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";
import { type CloudfrontVpcOrigin } from "@cdktf/provider-aws/lib/cloudfront-vpc-origin";
import { Op } from "cdktf";
import { Construct } from "constructs";
import { between, lifecycleWithPreconditions, type Precondition, applyTimePrecondition } from "../core/apply-time";
import { arnField } from "../core/arn";
import { Checks } from "../core/checks";
import { withoutRootDot } from "../core/domain-name";
import { IDLE_HEAD_ROOM_SEC } from "../core/heartbeat";
import { physicalName } from "../core/names";
import { readProps } from "../core/props";
import { AccessLogs } from "./access-logs";
import { defaultBehavior, orderedBehaviors, type SharedBehaviorSettings, UNCACHED_ERRORS } from "./behaviors";
import { type CdnProps, PROPS } from "./props";
import { cdnDefaults, type CompleteCdnProps } from "./defaults";
import { validateCdn } from "./validation/cdn";
import { createVpcOrigin, HTTP_PORT, HTTPS_PORT } from "./vpc-origin";

const ORIGIN_ID = "load-balancer";
const YEAR_SEC = 31_536_000;
const DAY_SEC = 86_400;
/** TLS 1.2 and 1.3 with forward secrecy. Source: CloudFront developer guide, "Supported protocols and ciphers". */
const TLS_POLICY = "TLSv1.2_2021";

/** Creates a CloudFront distribution in front of a load balancer. It caches files and passes everything else, WebSockets included, to the app. */
export class Cdn extends Construct {
  readonly distributionId: string;
  readonly distributionArn: string;
  /** Target name of an alias record. */
  readonly dnsName: string;
  /** Target zone of an alias record. */
  readonly hostedZoneId: string;
  readonly distribution: CloudfrontDistribution;
  readonly vpcOrigin: CloudfrontVpcOrigin | undefined;

  private readonly props: CompleteCdnProps;

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: CdnProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readProps(checks, props, PROPS, cdnDefaults);
    validateCdn(checks, this.props);

    const { originAccess, origin, name, accessLogs, provider } = this.props;
    this.vpcOrigin = originAccess === "vpc-origin" ? createVpcOrigin(this, name, origin) : undefined;
    this.distribution = this.createDistribution({
      originId: ORIGIN_ID,
      cachePolicyId: this.createCachePolicy().id,
      responseHeadersPolicyId: this.createResponseHeadersPolicy().id,
    });
    this.distributionId = this.distribution.id;
    this.distributionArn = this.distribution.arn;
    this.dnsName = this.distribution.domainName;
    this.hostedZoneId = this.distribution.hostedZoneId;
    if (accessLogs) {
      new AccessLogs(this, "access-logs", { ...accessLogs, name, provider, distributionArn: this.distributionArn });
    }
  }

  /**
   * Creates the cache policy for files. The Host header is part of the cache key and therefore forwarded: CloudFront compares the load
   * balancer's certificate with it. Outside the key, a request for the distribution's own name could cache its error in place of a file.
   */
  private createCachePolicy(): CloudfrontCachePolicy {
    return new CloudfrontCachePolicy(this, "cache-policy", {
      name: physicalName([this.props.name, "files"], { maxLength: 128 }),
      comment: "Files whose names change with their content",
      minTtl: 0,
      defaultTtl: DAY_SEC,
      maxTtl: YEAR_SEC,
      parametersInCacheKeyAndForwardedToOrigin: {
        enableAcceptEncodingBrotli: true,
        enableAcceptEncodingGzip: true,
        headersConfig: { headerBehavior: "whitelist", headers: { items: ["Host"] } },
        cookiesConfig: { cookieBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
      },
    });
  }

  /** Creates security headers for responses without them; headers that the app sends take precedence. */
  private createResponseHeadersPolicy(): CloudfrontResponseHeadersPolicy {
    const override = false;
    return new CloudfrontResponseHeadersPolicy(this, "response-headers-policy", {
      name: physicalName([this.props.name, "security"], { maxLength: 128 }),
      comment: "Security headers",
      securityHeadersConfig: {
        strictTransportSecurity: { accessControlMaxAgeSec: this.props.hstsMaxAgeSec, override },
        // X-Content-Type-Options has only one value, nosniff, so overriding changes nothing.
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "DENY", override },
        referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override },
      },
    });
  }

  private createDistribution(shared: SharedBehaviorSettings): CloudfrontDistribution {
    const { name, domainNames, certificateArn, webAclArn, priceClass, ipv6 } = this.props;
    return new CloudfrontDistribution(this, "distribution", {
      enabled: true,
      comment: name,
      aliases: domainNames.map(withoutRootDot),
      httpVersion: "http2and3",
      isIpv6Enabled: ipv6,
      priceClass,
      webAclId: webAclArn,
      origin: [this.origin()],
      defaultCacheBehavior: defaultBehavior(shared),
      orderedCacheBehavior: orderedBehaviors(this.props, shared),
      customErrorResponse: UNCACHED_ERRORS,
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: {
        acmCertificateArn: certificateArn,
        sslSupportMethod: "sni-only",
        minimumProtocolVersion: TLS_POLICY,
      },
      lifecycle: lifecycleWithPreconditions([...this.timeoutConditions(), ...this.certificateCondition()]),
    });
  }

  private origin(): CloudfrontDistributionOrigin {
    const { origin, secretHeader, readTimeoutSec, keepaliveTimeoutSec } = this.props;
    const timeouts = { originReadTimeout: readTimeoutSec, originKeepaliveTimeout: keepaliveTimeoutSec };
    const common = { originId: ORIGIN_ID, domainName: origin.dnsName };
    if (this.vpcOrigin) return { ...common, vpcOriginConfig: { vpcOriginId: this.vpcOrigin.id, ...timeouts } };
    return {
      ...common,
      customHeader: secretHeader && [{ name: secretHeader.name, value: secretHeader.value }],
      customOriginConfig: {
        httpPort: HTTP_PORT,
        httpsPort: HTTPS_PORT,
        originProtocolPolicy: `${origin.scheme}-only`,
        originSslProtocols: ["TLSv1.2"],
        ...timeouts,
      },
    };
  }

  private timeoutConditions(): Precondition[] {
    const { readTimeoutSec, keepaliveTimeoutSec, origin, heartbeat } = this.props;
    const shortest = heartbeat.pingIntervalSec + IDLE_HEAD_ROOM_SEC;
    return [
      ...applyTimePrecondition(
        [readTimeoutSec],
        () => between(readTimeoutSec, shortest, 180),
        `readTimeoutSec: expected ${shortest} (ping interval and head-room) to 180 s; idle long-polling requests would end in 504.`,
      ),
      ...applyTimePrecondition(
        [keepaliveTimeoutSec, origin.idleTimeoutSec],
        () => Op.lt(keepaliveTimeoutSec, origin.idleTimeoutSec),
        "keepaliveTimeoutSec: expected less than the load balancer's idle timeout; otherwise the load balancer sometimes closes a connection while a request is on its way, which fails with 502.",
      ),
    ];
  }

  private certificateCondition(): Precondition[] {
    const { certificateArn } = this.props;
    return applyTimePrecondition(
      [certificateArn],
      () => Op.eq(arnField(certificateArn, "region"), "us-east-1"),
      "certificateArn: expected a certificate in us-east-1, whatever the stack's region is.",
    );
  }
}
