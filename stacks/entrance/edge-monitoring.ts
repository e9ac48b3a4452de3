import { type TerraformProvider } from "cdktf";
import { Monitoring, type MonitoringProps } from "../../modules/monitoring";
import { alarmSubscriptions } from "../alarm-subscriptions";
import { type EntranceProps } from "./entrance";

interface Edge extends Pick<MonitoringProps, "waf" | "distribution" | "certificates"> {
  readonly provider: TerraformProvider;
  readonly kmsKeyArn: string | undefined;
}

/**
 * Creates the alarms of CloudFront, its web ACL and its certificate, whose metrics are in us-east-1, with a topic there: an alarm notifies
 * topics of its own region only. The receivers have to confirm a second subscription.
 */
export function createEdgeMonitoring({ stack, name, environment }: EntranceProps, edge: Edge): Monitoring {
  return new Monitoring(stack, "edge-monitoring", {
    name: `${name}-edge`,
    subscriptions: alarmSubscriptions(stack, environment.alarms.emails),
    runbookUrl: environment.alarms.runbookUrl,
    // The dashboard of the stack's region has the service behind it.
    dashboard: false,
    ...edge,
  });
}
