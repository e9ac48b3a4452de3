import { type LogRetentionDays } from "../core/log-retention";
import * as kind from "../core/kinds";
import { type Egress } from "./egress";
import { NAT_INSTANCE, type NatInstance } from "./nat-instance-props";

export interface NetworkProps {
  /** Stem of all physical names in here, for example `messenger-crm-prod`. */
  readonly name: string;
  /** Zones to spread over: 2 to 6 of one region, for example `["ap-northeast-1a", "ap-northeast-1c"]`. Adding one moves no subnet. */
  readonly availabilityZones: readonly string[];
  /**
   * IPv4 block of the VPC, /16 to /22. Changing it replaces everything.
   * @default "10.0.0.0/16"
   */
  readonly cidrBlock?: string;
  /**
   * How tasks reach what is outside the VPC. One NAT gateway is about $49 a month in Tokyo with its address, and its zone is a single point of
   * failure for outgoing traffic; a NAT instance is about $8, and down for minutes when its machine is; `vpc-endpoints` has no way out at all
   * but to the services of `interfaceEndpoints`.
   * @default "single-nat-gateway"
   */
  readonly egress?: Egress;
  /**
   * The machine behind egress `single-nat-instance` and `nat-instance-per-zone`.
   * @default a t4g.nano with Amazon Linux 2023, for HTTPS alone
   */
  readonly natInstance?: NatInstance;
  /**
   * Whether VPC and subnets have IPv6 addresses of Amazon's beside the IPv4 ones. Private subnets, where they have a way out, reach IPv6
   * hosts past the NAT, for nothing a month, and nobody reaches them; public ones are reached through their security groups alone.
   * @default false
   */
  readonly ipv6?: boolean;
  /**
   * AWS services to reach without leaving the VPC, by short name (`ecr.api`); about $10 a month for each in each zone in Tokyo.
   * @default what a Fargate task needs (ecr.api, ecr.dkr, logs, secretsmanager) with egress `vpc-endpoints`, else none
   */
  readonly interfaceEndpoints?: readonly string[];
  /**
   * Whether to log every connection of the VPC to CloudWatch Logs; billed by volume.
   * @default true
   */
  readonly flowLogs?: boolean;
  /**
   * Days to keep the flow logs.
   * @default 30
   */
  readonly flowLogRetentionDays?: LogRetentionDays;
  /**
   * Customer managed key for the flow logs; its policy must let CloudWatch Logs use it.
   * @default encryption with a key that AWS owns
   */
  readonly kmsKeyArn?: string;
}

export const PROPS: kind.Shape<NetworkProps> = {
  name: kind.string,
  availabilityZones: kind.array(kind.string),
  cidrBlock: kind.string,
  egress: kind.string,
  natInstance: NAT_INSTANCE,
  ipv6: kind.boolean,
  interfaceEndpoints: kind.array(kind.string),
  flowLogs: kind.boolean,
  flowLogRetentionDays: kind.number,
  kmsKeyArn: kind.string,
};
