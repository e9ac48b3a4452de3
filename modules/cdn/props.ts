import { type TerraformProvider } from "cdktf";
import { type Heartbeat } from "../core/heartbeat";
import * as kind from "../core/kinds";

export const ORIGIN_ACCESS = ["vpc-origin", "secret-header"] as const;
/** How a load balancer is kept from everybody but the distribution. */
export type OriginAccess = (typeof ORIGIN_ACCESS)[number];

export const PRICE_CLASSES = ["PriceClass_All", "PriceClass_200", "PriceClass_100"] as const;
/** Which of CloudFront's places serve; 200 and 100 leave out the most expensive ones. */
export type PriceClass = (typeof PRICE_CLASSES)[number];

/** What a distribution needs of a load balancer; an AlbWebsocket has all of it. */
export interface CdnOrigin {
  readonly loadBalancerArn: string;
  readonly dnsName: string;
  /** With `https` the load balancer needs a certificate for the site's names: CloudFront compares it with the Host header. */
  readonly scheme: "https" | "http";
  /** Seconds after which the load balancer cuts a silent connection. */
  readonly idleTimeoutSec: number;
  /**
   * Header that it asks for, answering 403 without it.
   * @default none
   */
  readonly requiredHeaderName?: string;
}

/** A header that only the distribution knows. */
export interface SecretHeader {
  readonly name: string;
  /** Known only at apply: a literal would stand in the synthesized JSON. */
  readonly value: string;
}

/** Where CloudFront writes a line for each request. */
export interface CdnAccessLogs {
  /** Bucket of any region, whose policy lets CloudWatch's delivery service write: a LogBucket with the writer `vended-logs`. */
  readonly bucketName: string;
}

export interface CdnProps {
  /** Stem of all physical names in here, for example `messenger-crm-prod`. */
  readonly name: string;
  /** The site's names, literals; each leads here by an alias record. */
  readonly domainNames: readonly string[];
  /** ACM certificate for these names, of us-east-1 whatever the stack's region is. */
  readonly certificateArn: string;
  /** The load balancer behind it. */
  readonly origin: CdnOrigin;
  /**
   * `vpc-origin` reaches an internal load balancer in private subnets. `secret-header` sends a header that a public load balancer
   * asks for, see the README.
   * @default "vpc-origin"
   */
  readonly originAccess?: OriginAccess;
  /** The header, with `secret-header`. */
  readonly secretHeader?: SecretHeader;
  /**
   * How the app's Socket.IO server finds dead connections: its `pingInterval` and `pingTimeout`, in seconds.
   * @default Socket.IO's own, 25 and 20
   */
  readonly heartbeat?: Heartbeat;
  /**
   * Path of the Socket.IO server, with a slash at both ends.
   * @default "/socket.io/"
   */
  readonly socketPath?: string;
  /**
   * Paths (`*` and `?` allowed) that answer machines: never cached, and refused over plain HTTP instead of sent on to HTTPS.
   * @default ["/api/*"]
   */
  readonly apiPaths?: readonly string[];
  /**
   * Paths (`*` and `?` allowed) of files that are the same for everybody and whose names change with their content. Cookies and query strings
   * never reach the app there.
   * @default ["/_next/static/*"]
   */
  readonly cachedPaths?: readonly string[];
  /**
   * Seconds that CloudFront waits for the app's next byte, 1 to 180; a long poll is silent for a whole ping interval. More than 60 was beyond
   * the quota of accounts before 2025.
   * @default 60
   */
  readonly readTimeoutSec?: number;
  /**
   * Seconds that CloudFront keeps an idle connection to the load balancer, 1 to 180, less than the load balancer does.
   * @default 30
   */
  readonly keepaliveTimeoutSec?: number;
  /**
   * Web ACL of the scope CLOUDFRONT.
   * @default none
   */
  readonly webAclArn?: string;
  /**
   * Writes a line for each request, without cookies and query strings, to S3: standard logging v2.
   * @default none
   */
  readonly accessLogs?: CdnAccessLogs;
  /**
   * Provider of us-east-1, where the logs of CloudFront are delivered from.
   * @default the stack's, which then has to be of us-east-1 if there are access logs
   */
  readonly provider?: TerraformProvider;
  /**
   * Seconds for which browsers ask for the site over HTTPS only, 0 to 63072000 (two years); what the app itself says goes first.
   * @default 31536000
   */
  readonly hstsMaxAgeSec?: number;
  /**
   * Which of CloudFront's places serve; the price of a gigabyte depends on the place.
   * @default "PriceClass_All"
   */
  readonly priceClass?: PriceClass;
  /**
   * Whether clients may connect over IPv6.
   * @default true
   */
  readonly ipv6?: boolean;
}

export const PROPS: kind.Shape<CdnProps> = {
  name: kind.string,
  domainNames: kind.arrayOfKnownLength(kind.string),
  certificateArn: kind.string,
  origin: kind.looseObject<CdnOrigin>({
    loadBalancerArn: kind.string,
    dnsName: kind.string,
    scheme: kind.string,
    idleTimeoutSec: kind.number,
    requiredHeaderName: kind.string,
  }),
  originAccess: kind.string,
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
  priceClass: kind.string,
  ipv6: kind.boolean,
};
