import * as kind from "../../../core/kinds";

/** What monitoring needs to know about a CloudFront distribution, from this package or not. */
export interface MonitoredDistribution {
  readonly distributionId: string;
}

export const DISTRIBUTION = kind.looseObject<MonitoredDistribution>({ distributionId: kind.string });
