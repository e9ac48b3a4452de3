import { LOG_RETENTION_DAYS, type LogRetentionDays } from "../core/log-retention";
import * as kind from "../core/kinds";
import { EGRESS_KINDS, type Egress } from "./egress";
import { NAT_INSTANCE, type NatInstance } from "./nat-instance-props";

export interface NetworkProps {
  /** Stem of all physical names in this construct, for example `messenger-crm-prod`. */
  readonly name: string;
  /** Availability zones: 2 to 6 of one region, for example `["ap-northeast-1a", "ap-northeast-1c"]`. Adding one moves no subnet. */
  readonly availabilityZones: readonly string[];
  /**
   * IPv4 block of the VPC, /16 to /22. Changing it replaces everything.
   * @default "10.0.0.0/16"
   */
  readonly cidrBlock?: string | undefined;
  /**
   * How tasks reach hosts outside the VPC. One NAT gateway costs about $49 a month in Tokyo with its address, and its zone is a single point
   * of failure for outgoing traffic; a NAT instance costs about $8, and is down for minutes when it is replaced; with `vpc-endpoints`, tasks
   * reach only the services of `interfaceEndpoints`.
   * @default "single-nat-gateway"
   */
  readonly egress?: Egress | undefined;
  /**
   * The NAT instance of egress `single-nat-instance` and `nat-instance-per-zone`.
   * @default a t4g.nano with Amazon Linux 2023, for HTTPS only
   */
  readonly natInstance?: NatInstance | undefined;
  /**
   * Whether VPC and subnets also have Amazon-provided IPv6 addresses. Private subnets with egress reach IPv6 hosts through an egress-only
   * internet gateway, free of charge and closed to inbound connections; security groups alone protect public subnets.
   * @default false
   */
  readonly ipv6?: boolean | undefined;
  /**
   * AWS services to reach through interface endpoints, by short name (`ecr.api`); each costs about $10 a month for each zone in Tokyo.
   * @default with egress `vpc-endpoints` what a Fargate task needs (ecr.api, ecr.dkr, logs, secretsmanager), and what services in the
   * network use besides; otherwise none
   */
  readonly interfaceEndpoints?: readonly string[] | undefined;
  /**
   * Whether to log every connection of the VPC to CloudWatch Logs; billed by volume.
   * @default true
   */
  readonly flowLogs?: boolean | undefined;
  /**
   * Days to keep the flow logs.
   * @default 30
   */
  readonly flowLogRetentionDays?: LogRetentionDays | undefined;
  /**
   * Customer managed key for the flow logs; its policy must let CloudWatch Logs use it.
   * @default encryption with a key that AWS owns
   */
  readonly kmsKeyArn?: string | undefined;
}

export const PROPS: kind.Shape<NetworkProps> = {
  name: kind.string,
  availabilityZones: kind.array(kind.string),
  cidrBlock: kind.string,
  egress: kind.literalOneOf(EGRESS_KINDS, "See the network README for what each costs."),
  natInstance: NAT_INSTANCE,
  ipv6: kind.boolean,
  interfaceEndpoints: kind.array(kind.string),
  flowLogs: kind.boolean,
  flowLogRetentionDays: kind.oneOf(LOG_RETENTION_DAYS, "Use a value that CloudWatch Logs accepts."),
  kmsKeyArn: kind.string,
};
