import { type Heartbeat } from "../core/heartbeat";
import * as kind from "../core/kinds";
import {
  type DesyncMitigationMode,
  type IpAddressType,
  type SslPolicy,
  type XffHeaderProcessingMode,
} from "./load-balancer-options";

/** What a load balancer needs of a network. */
export interface AlbNetwork {
  readonly vpcId: string;
  /** At least two, in different zones. */
  readonly publicSubnetIds: readonly string[];
  /** At least two, in different zones; for an internal load balancer. */
  readonly privateSubnetIds?: readonly string[];
}

/** Where the load balancer writes a line for each request. */
export interface AlbAccessLogs {
  /** Bucket in the load balancer's region, encrypted with SSE-S3 (anything else breaks delivery), whose policy lets it write. */
  readonly bucketName: string;
  /**
   * Folder in the bucket; the bucket's policy has to know it.
   * @default none
   */
  readonly prefix?: string;
}

/** A header that only the proxy in front knows. */
export interface RequiredHeader {
  /** In lower case, beginning with `x-`. */
  readonly name: string;
  /**
   * Values that are let through, 1 to 3, each known only at apply: a literal would stand in the synthesized JSON. Two while it is being
   * changed. The load balancer compares without regard to case, and takes `*` and `?` for wildcards.
   */
  readonly values: readonly string[];
}

export interface AlbWebsocketProps {
  /** Stem of all physical names in here, for example `messenger-crm-prod`; must not begin with `internal-`. */
  readonly name: string;
  /** The VPC and its subnets. */
  readonly network: AlbNetwork;
  /**
   * Whether only the VPC can reach it. Changing it replaces the load balancer.
   * @default false
   */
  readonly internal?: boolean;
  /**
   * `dualstack` adds IPv6, in subnets that have it.
   * @default "ipv4"
   */
  readonly ipAddressType?: IpAddressType;
  /** ACM certificate, of the load balancer's region, for HTTPS. Exactly one of this and `allowInsecureHttp`. */
  readonly certificateArn?: string;
  /**
   * Further certificates, chosen by the host name that a client asks for, each under a name that stays.
   * @default none
   */
  readonly additionalCertificateArns?: Readonly<Record<string, string>>;
  /**
   * Serves plain HTTP on port 80, for development without a domain: passwords and session cookies travel readable.
   * @default false
   */
  readonly allowInsecureHttp?: boolean;
  /**
   * Whether port 80 is open to send browsers on to HTTPS.
   * @default true
   */
  readonly redirectHttp?: boolean;
  /**
   * TLS versions and ciphers.
   * @default "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
   */
  readonly sslPolicy?: SslPolicy;
  /**
   * How the app's Socket.IO server finds dead connections: its `pingInterval` and `pingTimeout`, in seconds.
   * @default Socket.IO's own, 25 and 20
   */
  readonly heartbeat?: Heartbeat;
  /**
   * Seconds after which a silent connection is cut, up to 4000. Only bytes of the app's heartbeat count: TCP keep-alives and HTTP/2
   * pings do not.
   * @default 60, or more where the heartbeat needs it
   */
  readonly idleTimeoutSec?: number;
  /**
   * Seconds for which a client may keep one HTTP connection, 60 to 604800; WebSockets are not cut by it.
   * @default 3600
   */
  readonly clientKeepAliveSec?: number;
  /**
   * Writes a line for each request, with its query string, to S3.
   * @default none
   */
  readonly accessLogs?: AlbAccessLogs;
  /**
   * Whether AWS refuses to delete it, so that `terraform destroy` fails.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Who may connect, as IPv4 and IPv6 blocks.
   * @default everybody, unless prefix lists or security groups are given
   */
  readonly allowedCidrs?: readonly string[];
  /**
   * Managed prefix lists that may connect, each under a name that stays, for example CloudFront's. That one counts as 55 of a
   * security group's 60 rules, so prefix lists are never let in on the redirect's port.
   * @default none
   */
  readonly allowedPrefixListIds?: Readonly<Record<string, string>>;
  /**
   * Security groups that may connect, each under a name that stays, for example that of a CloudFront VPC origin.
   * @default none
   */
  readonly allowedSecurityGroupIds?: Readonly<Record<string, string>>;
  /**
   * Answers 403 to every request without this header. For a public load balancer behind CloudFront, whose addresses anybody with a
   * distribution comes from: see the Cdn's README. The values stand in Terraform's state.
   * @default none
   */
  readonly requiredHeader?: RequiredHeader;
  /**
   * Whether clients may speak HTTP/2. WebSockets run over HTTP/1.1 in any case.
   * @default true
   */
  readonly http2?: boolean;
  /**
   * Whether the app sees the Host header exactly as the client sent it, port included.
   * @default false
   */
  readonly preserveHostHeader?: boolean;
  /**
   * What becomes of X-Forwarded-For. With `append` the last entry is the load balancer's and the only one to trust.
   * @default "append"
   */
  readonly xffHeaderProcessingMode?: XffHeaderProcessingMode;
  /**
   * How requests that could be smuggled past a proxy are treated.
   * @default "defensive"
   */
  readonly desyncMitigationMode?: DesyncMitigationMode;
}

export const PROPS: kind.Shape<AlbWebsocketProps> = {
  name: kind.string,
  network: kind.looseObject<AlbNetwork>({
    vpcId: kind.string,
    publicSubnetIds: kind.array(kind.string),
    privateSubnetIds: kind.array(kind.string),
  }),
  internal: kind.boolean,
  ipAddressType: kind.string,
  certificateArn: kind.string,
  additionalCertificateArns: kind.record(kind.string),
  allowInsecureHttp: kind.boolean,
  redirectHttp: kind.boolean,
  sslPolicy: kind.string,
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
  xffHeaderProcessingMode: kind.string,
  desyncMitigationMode: kind.string,
};
