import { type WithDefaults } from "../core/props";
import { type CdnProps } from "./props";

export const cdnDefaults = {
  originAccess: "vpc-origin",
  heartbeat: { pingIntervalSec: 25, pingTimeoutSec: 20 },
  socketPath: "/socket.io/",
  apiPaths: ["/api/*"],
  cachedPaths: ["/_next/static/*"],
  readTimeoutSec: 60,
  keepaliveTimeoutSec: 30,
  hstsMaxAgeSec: 31_536_000,
  priceClass: "PriceClass_All",
  ipv6: true,
} as const satisfies Partial<CdnProps>;

/** The props of a distribution with the defaults filled in. */
export type CompleteCdnProps = WithDefaults<CdnProps, typeof cdnDefaults>;
