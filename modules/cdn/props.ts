import { type TerraformProvider } from "cdktf";
import { type Heartbeat } from "../core/heartbeat";
import * as kind from "../core/kinds";

const LOAD_BALANCER = "Pass an AlbWebsocket, or the same fields of another load balancer.";
const SCHEMES = ["https", "http"] as const;

export const ORIGIN_ACCESS = ["vpc-origin", "secret-header"] as const;
/** How the load balancer is protected from everything but the distribution. */
export type OriginAccess = (typeof ORIGIN_ACCESS)[number];

export const PRICE_CLASSES = ["PriceClass_All", "PriceClass_200", "PriceClass_100"] as const;
/** Which edge locations serve the site; 200 and 100 leave out the most expensive ones. */
export type PriceClass = (typeof PRICE_CLASSES)[number];

/** What a distribution needs to know about a load balancer; an AlbWebsocket has every field. */
export interface CdnOrigin {
  readonly loadBalancerArn: string;
  readonly dnsName: string;
  /** With `https`, the load balancer needs a certificate for the site's names, because CloudFront compares it with the Host header. */
  readonly scheme: (typeof SCHEMES)[number];
  /** Seconds after which the load balancer closes a silent connection. */
  readonly idleTimeoutSec: number;
  /**
   * Header without which the load balancer answers 403.
   * @default none
   */
  readonly requiredHeaderName?: string | undefined;
}

/** A secret header that only the distribution sends. */
export interface SecretHeader {
  readonly name: string;
  /** Known only at apply, because a literal would be in the synthesized JSON. */
  readonly value: string;
}

/** Where CloudFront logs each request. */
export interface CdnAccessLogs {
  /** Bucket of any region whose policy allows CloudWatch's delivery service to write: a LogBucket with the writer `vended-logs`. */
  readonly bucketName: string;
}

export interface CdnProps {
  /** Stem of all physical names in this construct, for example `messenger-crm-prod`. */
  readonly name: string;
  /** The site's names, as literals; each needs an alias record that points to the distribution. */
  readonly domainNames: readonly string[];
  /** ACM certificate for these names, in us-east-1 whatever the stack's region. */
  readonly certificateArn: string;
  /** The load balancer behind the distribution. */
  readonly origin: CdnOrigin;
  /**
   * `vpc-origin` reaches an internal load balancer in private subnets. `secret-header` sends a header that a public load balancer
   * requires; see the README.
   * @default "vpc-origin"
   */
  readonly originAccess?: OriginAccess | undefined;
  /** The header to send with `originAccess` `secret-header`. */
  readonly secretHeader?: SecretHeader | undefined;
  /**
   * How the app's Socket.IO server detects dead connections: its `pingInterval` and `pingTimeout`, in seconds.
   * @default Socket.IO's defaults, 25 and 20
   */
  readonly heartbeat?: Heartbeat | undefined;
  /**
   * Path of the Socket.IO server, with a slash at both ends.
   * @default "/socket.io/"
   */
  readonly socketPath?: string | undefined;
  /**
   * Paths of the API (`*` and `?` allowed): never cached, and refused over plain HTTP instead of redirected to HTTPS.
   * @default ["/api/*"]
   */
  readonly apiPaths?: readonly string[] | undefined;
  /**
   * Paths (`*` and `?` allowed) of files that are the same for every client and whose names change with their content. Cookies and query
   * strings are not forwarded for them.
   * @default ["/_next/static/*"]
   */
  readonly cachedPaths?: readonly string[] | undefined;
  /**
   * Seconds that CloudFront waits for the app's next byte, 1 to 180; a long-polling request is silent for up to one ping interval. The
   * default quota was 60 before 2025.
   * @default 60
   */
  readonly readTimeoutSec?: number | undefined;
  /**
   * Seconds that CloudFront keeps an idle connection to the load balancer, 1 to 180; must be less than the load balancer's idle timeout.
   * @default 30
   */
  readonly keepaliveTimeoutSec?: number | undefined;
  /**
   * ARN of a web ACL with scope CLOUDFRONT.
   * @default none
   */
  readonly webAclArn?: string | undefined;
  /**
   * Logs each request, without cookies and query strings, to S3 (standard logging v2).
   * @default none
   */
  readonly accessLogs?: CdnAccessLogs | undefined;
  /**
   * Provider of us-east-1, from where CloudFront delivers its logs.
   * @default the stack's provider, which must be of us-east-1 if there are access logs
   */
  readonly provider?: TerraformProvider | undefined;
  /**
   * Seconds for which browsers use only HTTPS for the site (HSTS), 1 to 63072000 (two years); a header of the app takes precedence.
   * @default 31536000
   */
  readonly hstsMaxAgeSec?: number | undefined;
  /**
   * Which edge locations serve the site; the price of a gigabyte depends on the location.
   * @default "PriceClass_All"
   */
  readonly priceClass?: PriceClass | undefined;
  /**
   * Whether clients may connect over IPv6.
   * @default true
   */
  readonly ipv6?: boolean | undefined;
}

export const PROPS: kind.Shape<CdnProps> = {
  name: kind.string,
  domainNames: kind.arrayOfKnownLength(kind.string),
  certificateArn: kind.string,
  origin: kind.looseObject<CdnOrigin>({
    loadBalancerArn: kind.string,
    dnsName: kind.string,
    scheme: kind.literalOneOf(SCHEMES, LOAD_BALANCER),
    idleTimeoutSec: kind.number,
    requiredHeaderName: kind.string,
  }),
  originAccess: kind.literalOneOf(ORIGIN_ACCESS, "It decides which resources are synthesized."),
  secretHeader: kind.object<SecretHeader>({ name: kind.string, value: kind.string }),
  heartbeat: kind.object<Heartbeat>({ pingIntervalSec: kind.number, pingTimeoutSec: kind.number }),
  socketPath: kind.string,
  apiPaths: kind.arrayOfKnownLength(kind.string),
  cachedPaths: kind.arrayOfKnownLength(kind.string),
  readTimeoutSec: kind.number,
  keepaliveTimeoutSec: kind.number,
  webAclArn: kind.string,
  accessLogs: kind.object<CdnAccessLogs>({ bucketName: kind.string }),
  provider: kind.unknown,
  hstsMaxAgeSec: kind.number,
  priceClass: kind.oneOf(PRICE_CLASSES, "It decides which edge locations serve the site."),
  ipv6: kind.boolean,
};
