import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";

export interface RefreshEvents {
  readonly name: string;
  readonly topicArn: string;
  readonly groupName: string;
}

/**
 * Sends refreshes that failed or were cancelled to the topic: the apply does not wait for them, and the old instances keep serving, so that
 * nothing else tells. Source: EC2 Auto Scaling user guide, "Amazon EC2 Auto Scaling event reference", instance refresh events.
 */
export function createRefreshEvents(scope: Construct, { name, topicArn, groupName }: RefreshEvents): void {
  const rule = new CloudwatchEventRule(scope, "refresh-failed", {
    name: physicalName([name, "refresh-failed"], { maxLength: 64 }),
    description: `An instance refresh of ${name} failed`,
    eventPattern: JSON.stringify({
      source: ["aws.autoscaling"],
      "detail-type": ["EC2 Auto Scaling Instance Refresh Failed", "EC2 Auto Scaling Instance Refresh Cancelled"],
      detail: { AutoScalingGroupName: [groupName] },
    }),
  });
  new CloudwatchEventTarget(scope, "refresh-failed-target", {
    rule: rule.name,
    arn: topicArn,
    inputTransformer: {
      inputPaths: {
        refresh: "$.detail.InstanceRefreshId",
        what: "$.detail-type",
        group: "$.detail.AutoScalingGroupName",
      },
      inputTemplate:
        '"<what>: <refresh> of <group>. The instances that it has not replaced keep serving; apply the former image."',
    },
  });
}
