import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { AutoscalingLifecycleHook } from "@cdktf/provider-aws/lib/autoscaling-lifecycle-hook";
import { type LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Fn, type ITerraformDependable, Token } from "cdktf";
import { type Construct } from "constructs";
import { atLeastTwoSubnets, lifecycleWithPreconditions } from "../core/apply-time";
import { escapeTemplate } from "../core/tokens";
import { drainBudgetSec, launchBudgetSec, replacementSec } from "./budget";
import { type CompleteEc2ServiceProps } from "./defaults";

/** The names of the lifecycle hooks, whose actions each instance completes itself. */
export const HOOKS = { launching: "boot", terminating: "drain" } as const;

/** Metrics of the group that alarms and the dashboard read; they are free of charge. */
const GROUP_METRICS = ["GroupDesiredCapacity", "GroupInServiceInstances", "GroupPendingInstances", "GroupMaxSize"];

/** During a replacement: no instance less than desired, and up to as many again. */
const HEALTHY_PERCENT = { minHealthyPercentage: 100, maxHealthyPercentage: 200 };

export interface GroupInputs {
  readonly groupName: string;
  readonly template: LaunchTemplate;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Creates the Auto Scaling group. A new version of the template starts an instance refresh, for which the apply does not wait. */
export function createGroup(
  scope: Construct,
  props: CompleteEc2ServiceProps,
  { groupName, template, dependsOn }: GroupInputs,
): AutoscalingGroup {
  const { name, network, loadBalancer, autoscaling, spot, bootSec } = props;
  const { healthySec } = loadBalancer;
  const group = new AutoscalingGroup(scope, "group", {
    name: groupName,
    minSize: autoscaling.minCount,
    maxSize: autoscaling.maxCount,
    vpcZoneIdentifier: [...network.taskSubnetIds],
    targetGroupArns: [loadBalancer.targetGroupArn],
    healthCheckType: "ELB",
    healthCheckGracePeriod: bootSec + healthySec,
    // An instance in service has booted already, since the launch hook waits for it.
    defaultInstanceWarmup: healthySec,
    capacityRebalance: spot !== undefined,
    mixedInstancesPolicy: mixedInstances(props, template),
    initialLifecycleHook: hooks(props).map(({ name: hook, ...rest }) => ({ name: hook, ...rest })),
    instanceMaintenancePolicy: HEALTHY_PERCENT,
    instanceRefresh: { strategy: "Rolling", preferences: refreshPreferences(props) },
    enabledMetrics: GROUP_METRICS,
    // The first apply fails when the instances do not become healthy.
    minElbCapacity: autoscaling.minCount,
    waitForCapacityTimeout: `${launchBudgetSec(props) + healthySec + 60}s`,
    timeouts: { delete: `${replacementSec(props) + 300}s` },
    tag: [{ key: "Name", value: name, propagateAtLaunch: true }],
    dependsOn: [...dependsOn],
    lifecycle: lifecycleWithPreconditions(atLeastTwoSubnets("network.taskSubnetIds", network.taskSubnetIds), {
      // The hooks must exist before the first instance starts, but in the group a change of one would replace the group.
      ignoreChanges: ["initial_lifecycle_hook"],
    }),
  });
  createHooks(scope, props, group);
  return group;
}

/** Repeats the hooks that the group begins with, so that later changes reach them: PutLifecycleHook updates a hook of the same name. */
function createHooks(scope: Construct, props: CompleteEc2ServiceProps, group: AutoscalingGroup): void {
  for (const { name, ...hook } of hooks(props)) {
    new AutoscalingLifecycleHook(scope, `hook-${name}`, { name, autoscalingGroupName: group.name, ...hook });
  }
}

function hooks(props: CompleteEc2ServiceProps) {
  return [
    {
      name: HOOKS.launching,
      lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
      heartbeatTimeout: launchBudgetSec(props),
      // An instance that does not report that it is ready never receives traffic.
      defaultResult: "ABANDON",
    },
    {
      name: HOOKS.terminating,
      lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
      heartbeatTimeout: drainBudgetSec(props),
      defaultResult: "CONTINUE",
    },
  ];
}

/** Always a mixed instances policy, so that Spot and more types are changes in place. */
function mixedInstances({ instanceTypes, spot }: CompleteEc2ServiceProps, template: LaunchTemplate) {
  return {
    instancesDistribution: {
      onDemandAllocationStrategy: "prioritized",
      onDemandBaseCapacity: spot?.onDemandBase ?? 0,
      onDemandPercentageAboveBaseCapacity: spot?.onDemandPercent ?? 100,
      spotAllocationStrategy: "price-capacity-optimized",
    },
    launchTemplate: {
      launchTemplateSpecification: {
        launchTemplateId: template.id,
        // A number, because a group on $Latest would start instances of a template that no refresh has tried.
        version: Token.asString(Fn.tostring(template.latestVersion)),
      },
      override: instanceTypes.map((instanceType) => ({ instanceType })),
    },
  };
}

/**
 * A refresh in which an instance does not become healthy, or during which an alarm goes off, stops; the old instances keep serving. It does
 * not roll back: the provider gives the group the new template before it starts the refresh, and that is what EC2 Auto Scaling would
 * roll back to. Source: hashicorp/terraform-provider-aws#34189.
 */
function refreshPreferences({ refreshAlarmNames, loadBalancer }: CompleteEc2ServiceProps) {
  return {
    ...HEALTHY_PERCENT,
    instanceWarmup: String(loadBalancer.healthySec),
    autoRollback: false,
    scaleInProtectedInstances: "Refresh",
    standbyInstances: "Terminate",
    alarmSpecification: refreshAlarmNames.length > 0 ? { alarms: refreshAlarmNames.map(escapeTemplate) } : undefined,
  };
}
