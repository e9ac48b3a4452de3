/**
 * TLS policies that allow TLS 1.3 and nothing below 1.2, without the CBC-mode extensions (`Ext1`, `Ext2`).
 * Source: ALB user guide, "Security policies for your Application Load Balancer".
 */
export const SSL_POLICIES = [
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-2021-06",
  "ELBSecurityPolicy-TLS13-1-3-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
] as const;

export type SslPolicy = (typeof SSL_POLICIES)[number];

export const DESYNC_MITIGATION_MODES = ["defensive", "strictest"] as const;

/** How ambiguous requests (HTTP desync) are handled. AWS's third mode, `monitor`, lets all of them through and is not supported. */
export type DesyncMitigationMode = (typeof DESYNC_MITIGATION_MODES)[number];

export const XFF_HEADER_PROCESSING_MODES = ["append", "preserve", "remove"] as const;

/** What happens to the X-Forwarded-For header of a request. */
export type XffHeaderProcessingMode = (typeof XFF_HEADER_PROCESSING_MODES)[number];

export const IP_ADDRESS_TYPES = ["ipv4", "dualstack"] as const;
export type IpAddressType = (typeof IP_ADDRESS_TYPES)[number];
