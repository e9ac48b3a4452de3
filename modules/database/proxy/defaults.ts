import { type WithDefaults } from "../../core/props";
import { type DatabaseProxyProps } from "./props";

export const proxyDefaults = {
  maxConnectionsPercent: 90,
  borrowTimeoutSec: 30,
  idleClientTimeoutSec: 1800,
} as const satisfies Partial<DatabaseProxyProps>;

export type CompleteProxyProps = WithDefaults<DatabaseProxyProps, typeof proxyDefaults>;
