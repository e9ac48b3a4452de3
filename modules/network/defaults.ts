import { type WithDefaults } from "../core/props";
import { type NatInstance } from "./nat-instance-props";
import { type NetworkProps } from "./props";

export const networkDefaults = {
  cidrBlock: "10.0.0.0/16",
  egress: "single-nat-gateway",
  ipv6: false,
  flowLogs: true,
  flowLogRetentionDays: 30,
} as const satisfies Partial<NetworkProps>;

/** Applies only to egress through NAT instances. */
export const natInstanceDefaults = {
  instanceType: "t4g.nano",
  ports: [443] as readonly number[],
} as const satisfies Partial<NatInstance>;

/** The props of a network with the defaults filled in. */
export type CompleteNetworkProps = WithDefaults<NetworkProps, typeof networkDefaults>;

/** The settings of NAT instances with the defaults filled in. */
export type CompleteNatInstance = WithDefaults<NatInstance, typeof natInstanceDefaults>;
