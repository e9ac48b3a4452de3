import { type ITerraformDependable } from "cdktf";
import { type Heartbeat } from "../core/heartbeat";
import * as kind from "../core/kinds";
import {
  DESYNC_MITIGATION_MODES,
  type DesyncMitigationMode,
  IP_ADDRESS_TYPES,
  SSL_POLICIES,
  XFF_HEADER_PROCESSING_MODES,
  type IpAddressType,
  type SslPolicy,
  type XffHeaderProcessingMode,
} from "./load-balancer-options";

/** What a load balancer needs to know about its network. */
export interface AlbNetwork {
  readonly vpcId: string;
  /** At least two, in different zones. */
  readonly publicSubnetIds: readonly string[];
  /** At least two, in different zones; for an internal load balancer. */
  readonly privateSubnetIds?: readonly string[] | undefined;
  /**
   * What has to exist before the public subnets are connected to the internet; AWS refuses a public load balancer in others.
   * @default nothing: the network exists already
   */
  readonly publicDependencies?: readonly ITerraformDependable[] | undefined;
}

/** Where the load balancer logs each request. */
export interface AlbAccessLogs {
  /** Bucket in the load balancer's region, encrypted with SSE-S3 (delivery fails otherwise), whose policy allows the load balancer to write. */
  readonly bucketName: string;
  /**
   * Folder in the bucket; the bucket policy must allow it.
   * @default none
   */
  readonly prefix?: string | undefined;
}

/** A secret header that only the proxy in front sends. */
export interface RequiredHeader {
  /** In lower case, beginning with `x-`. */
  readonly name: string;
  /**
   * Accepted values, 1 to 3, each known only at apply, because a literal would be in the synthesized JSON. Use two while rotating the
   * value. The load balancer ignores case and treats `*` and `?` as wildcards.
   */
  readonly values: readonly string[];
}

export interface AlbWebsocketProps {
  /** Stem of all physical names in this construct, for example `messenger-crm-prod`; must not begin with `internal-`. */
  readonly name: string;
  /** The VPC and its subnets. */
  readonly network: AlbNetwork;
  /**
   * Whether only the VPC can reach the load balancer. Changing it replaces the load balancer.
   * @default false
   */
  readonly internal?: boolean | undefined;
  /**
   * `dualstack` adds IPv6; the subnets must have IPv6 addresses.
   * @default "ipv4"
   */
  readonly ipAddressType?: IpAddressType | undefined;
  /** ACM certificate for HTTPS, in the load balancer's region. Exactly one of this and `allowInsecureHttp` is required. */
  readonly certificateArn?: string | undefined;
  /**
   * Further certificates, chosen by the client's host name (SNI). The keys become part of addresses and must not change.
   * @default none
   */
  readonly additionalCertificateArns?: Readonly<Record<string, string>> | undefined;
  /**
   * Serves plain HTTP on port 80, for development without a domain: passwords and session cookies are sent unencrypted.
   * @default false
   */
  readonly allowInsecureHttp?: boolean | undefined;
  /**
   * Whether port 80 is open and redirects browsers to HTTPS.
   * @default true
   */
  readonly redirectHttp?: boolean | undefined;
  /**
   * TLS versions and ciphers.
   * @default "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
   */
  readonly sslPolicy?: SslPolicy | undefined;
  /**
   * How the app's Socket.IO server detects dead connections: its `pingInterval` and `pingTimeout`, in seconds.
   * @default Socket.IO's defaults, 25 and 20
   */
  readonly heartbeat?: Heartbeat | undefined;
  /**
   * Seconds after which a silent connection is closed, up to 4000. Only the app's heartbeat counts as traffic: TCP keep-alives and HTTP/2
   * pings do not.
   * @default 60, or more where the heartbeat needs it
   */
  readonly idleTimeoutSec?: number | undefined;
  /**
   * Seconds for which a client may keep one HTTP connection, 60 to 604800; it does not close WebSockets.
   * @default 3600
   */
  readonly clientKeepAliveSec?: number | undefined;
  /**
   * Logs each request, with its query string, to S3.
   * @default none
   */
  readonly accessLogs?: AlbAccessLogs | undefined;
  /**
   * Whether AWS refuses to delete the load balancer, so that `terraform destroy` fails.
   * @default true
   */
  readonly deletionProtection?: boolean | undefined;
  /**
   * IPv4 and IPv6 blocks that may connect.
   * @default every address, unless prefix lists or security groups are given
   */
  readonly allowedCidrs?: readonly string[] | undefined;
  /**
   * Managed prefix lists that may connect, for example CloudFront's. The keys become part of addresses and must not change. CloudFront's
   * list counts as 55 of a security group's 60 rules, so prefix lists are not allowed on the redirect port.
   * @default none
   */
  readonly allowedPrefixListIds?: Readonly<Record<string, string>> | undefined;
  /**
   * Security groups that may connect, for example that of a CloudFront VPC origin. The keys become part of addresses and must not change.
   * @default none
   */
  readonly allowedSecurityGroupIds?: Readonly<Record<string, string>> | undefined;
  /**
   * Answers 403 to every request without this header. For a public load balancer behind CloudFront, because every customer's distributions
   * share CloudFront's addresses; see the Cdn README. Terraform's state holds the values.
   * @default none
   */
  readonly requiredHeader?: RequiredHeader | undefined;
  /**
   * Whether clients may use HTTP/2. WebSockets always use HTTP/1.1.
   * @default true
   */
  readonly http2?: boolean | undefined;
  /**
   * Whether the app receives the Host header exactly as the client sent it, including the port.
   * @default false
   */
  readonly preserveHostHeader?: boolean | undefined;
  /**
   * What happens to X-Forwarded-For. With `append`, the load balancer adds the last entry, the only one to trust.
   * @default "append"
   */
  readonly xffHeaderProcessingMode?: XffHeaderProcessingMode | undefined;
  /**
   * How ambiguous requests (HTTP desync) are handled.
   * @default "defensive"
   */
  readonly desyncMitigationMode?: DesyncMitigationMode | undefined;
}

const README = "See the README for what each does.";

export const PROPS: kind.Shape<AlbWebsocketProps> = {
  name: kind.string,
  network: kind.looseObject<AlbNetwork>({
    vpcId: kind.string,
    publicSubnetIds: kind.array(kind.string),
    privateSubnetIds: kind.array(kind.string),
    publicDependencies: kind.array(kind.dependency("Pass a Network, or omit it for a network that exists already.")),
  }),
  internal: kind.boolean,
  ipAddressType: kind.literalOneOf(IP_ADDRESS_TYPES, README),
  certificateArn: kind.string,
  additionalCertificateArns: kind.record(kind.string),
  allowInsecureHttp: kind.boolean,
  redirectHttp: kind.boolean,
  sslPolicy: kind.oneOf(SSL_POLICIES, "Use one that allows TLS 1.3 and nothing below 1.2."),
  heartbeat: kind.object<Heartbeat>({ pingIntervalSec: kind.number, pingTimeoutSec: kind.number }),
  idleTimeoutSec: kind.number,
  clientKeepAliveSec: kind.number,
  accessLogs: kind.object<AlbAccessLogs>({ bucketName: kind.string, prefix: kind.string }),
  deletionProtection: kind.boolean,
  allowedCidrs: kind.array(kind.string),
  allowedPrefixListIds: kind.record(kind.string),
  allowedSecurityGroupIds: kind.record(kind.string),
  requiredHeader: kind.object<RequiredHeader>({ name: kind.string, values: kind.arrayOfKnownLength(kind.string) }),
  http2: kind.boolean,
  preserveHostHeader: kind.boolean,
  xffHeaderProcessingMode: kind.oneOf(XFF_HEADER_PROCESSING_MODES, README),
  desyncMitigationMode: kind.oneOf(DESYNC_MITIGATION_MODES, README),
};
