import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { type TerraformProvider } from "cdktf";
import { type Construct } from "constructs";
import { physicalName } from "../../../core/names";
import { type MonitoredService } from "./props";

export interface DeploymentEvents {
  readonly name: string;
  readonly topicArn: string;
  readonly provider: TerraformProvider | undefined;
  readonly service: Pick<MonitoredService, "clusterName" | "serviceName">;
}

/**
 * Sends failed deployments to the topic: after ECS has rolled one back everything looks healthy, but the new release is not
 * running. Source: ECS developer guide, "Amazon ECS service deployment state change events".
 */
export function createDeploymentEvents(
  scope: Construct,
  { name, topicArn, provider, service }: DeploymentEvents,
): void {
  const rule = new CloudwatchEventRule(scope, "deployment-failed", {
    provider,
    name: physicalName([name, "deployment-failed"], { maxLength: 64 }),
    description: `A deployment of ${name} failed`,
    eventPattern: JSON.stringify({
      source: ["aws.ecs"],
      "detail-type": ["ECS Deployment State Change"],
      detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
      resources: [{ suffix: `:service/${service.clusterName}/${service.serviceName}` }],
    }),
  });
  new CloudwatchEventTarget(scope, "deployment-failed-target", {
    provider,
    rule: rule.name,
    arn: topicArn,
    inputTransformer: {
      inputPaths: { deployment: "$.detail.deploymentId", reason: "$.detail.reason", service: "$.resources[0]" },
      inputTemplate: '"Deployment <deployment> of <service> failed and was rolled back: <reason>"',
    },
  });
}
