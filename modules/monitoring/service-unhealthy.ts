import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { type CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { type TerraformProvider } from "cdktf";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { whenChanged } from "../core/replacement";
import { createTerraformData } from "../core/terraform-data";
import { escapeTemplate } from "../core/tokens";
import { ALARM_NAME_MAX_LENGTH, runbookSentence } from "./alarm";

export interface ServiceUnhealthyProps {
  /** Stem of the alarm's name. */
  readonly name: string;
  /** Alarms of user-visible failures by id, at least one. */
  readonly members: Readonly<Record<string, CloudwatchMetricAlarm>>;
  /** Topic that is notified of both ALARM and OK. */
  readonly topicArn: string;
  /** Dashboard that the description refers to; `undefined` when there is none. */
  readonly dashboardName: string | undefined;
  readonly runbookUrl: string | undefined;
  readonly provider: TerraformProvider | undefined;
}

/**
 * Creates the composite alarm of all user-visible failures. CloudWatch refuses to delete an alarm that a rule names, and Terraform
 * destroys a removed alarm before it updates the rule (https://github.com/hashicorp/terraform-provider-aws/issues/34807). So other
 * members replace the composite alarm: it is destroyed before they are, and created again with the new rule, seconds later.
 */
export function createServiceUnhealthyAlarm(scope: Construct, props: ServiceUnhealthyProps): CloudwatchCompositeAlarm {
  const { name, members, topicArn, dashboardName, runbookUrl, provider } = props;
  const look = dashboardName === undefined ? "the alarms that are on" : `dashboard ${dashboardName}`;
  const memberIds = createTerraformData(scope, "service-unhealthy-members", {
    ids: escapeTemplate(Object.keys(members).sort().join(" ")),
  });
  return new CloudwatchCompositeAlarm(scope, "service-unhealthy", {
    provider,
    alarmName: physicalName([name, "service-unhealthy"], { maxLength: ALARM_NAME_MAX_LENGTH }),
    alarmDescription: [
      `Users are affected. Look at ${look}. First: read what the alarms that are on say, from top to bottom.`,
      ...runbookSentence(runbookUrl, "service-unhealthy").map(escapeTemplate),
    ].join(" "),
    alarmRule: Object.values(members)
      .map(({ alarmName }) => `ALARM("${alarmName}")`)
      .join(" OR "),
    alarmActions: [topicArn],
    okActions: [topicArn],
    // create_before_destroy on the members would replace everything that they refer to in that order, databases and caches included.
    lifecycle: { replaceTriggeredBy: [whenChanged(memberIds, "input")] },
  });
}
