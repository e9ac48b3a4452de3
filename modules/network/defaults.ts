import { type NetworkProps } from "./network";

export const networkDefaults = {
  cidrBlock: "10.0.0.0/16",
  egress: "single-nat-gateway",
  flowLogs: true,
  flowLogRetentionDays: 30,
} as const satisfies Partial<NetworkProps>;
