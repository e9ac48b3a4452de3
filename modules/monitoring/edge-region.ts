import { type CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Op } from "cdktf";
import { type Construct } from "constructs";
import { EDGE_REGION } from "../core/edge-region";
import { type Monitored } from "./monitored/props";

/** Whether a monitored resource reports its metrics in the edge's region. */
export function reportsAtEdge({ distribution, waf }: Monitored): boolean {
  return distribution !== undefined || waf?.scope === "CLOUDFRONT";
}

/** Stops a plan with the alarms in another region, where they would never get data. A region known at synth is checked then. */
export function requireEdgeRegion(scope: Construct, region: string, alarms: readonly CloudwatchMetricAlarm[]): void {
  const [first] = alarms;
  if (!first) return;
  first.lifecycle = {
    precondition: [
      {
        condition: Op.eq(region, EDGE_REGION),
        errorMessage: `${scope.node.path}: alarms on CloudFront and its web ACL must be in ${EDGE_REGION}. Pass a provider and a topic of that region.`,
      },
    ],
  };
}
