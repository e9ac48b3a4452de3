import { type AppliedResources } from "../../../terraform/applied-resources";
import { type Attributes } from "../../../terraform/attributes";
import { TwinError } from "../../errors";
import { type Group, type Service } from "../topology";
import { type ComputeReader, type ComputeTopology } from "./compute-reader";
import { instanceContainers, NGINX, processNames, type Settings } from "./instance-containers";
import { sizeOf } from "./instance-sizes";
import { UserDataFiles } from "./user-data-files";

/** Reads an Auto Scaling group behind a load balancer. What an instance runs is read from its user data. */
export const autoScalingGroup: ComputeReader = {
  resourceType: "aws_autoscaling_group",
  isIn: (resources) => servingGroups(resources).length > 0,
  read,
};

const CPU_UNITS_PER_VCPU = 1024;

/** Leaves out groups without a load balancer, such as those of NAT instances. */
function servingGroups(resources: AppliedResources): Attributes[] {
  return resources.all("aws_autoscaling_group").filter((group) => group.texts("target_group_arns").length > 0);
}

function read(resources: AppliedResources): ComputeTopology {
  const [group] = servingGroups(resources) as [Attributes];
  const { template, version } = templateOf(resources, group);
  const files = new UserDataFiles(template);
  const settings = files.variables("/etc/app/settings");
  const instanceType = template.text("instance_type");
  const { vcpus, memoryMiB } = sizeOf(instanceType);
  const minCount = group.number("min_size");
  return {
    name: group.text("name"),
    service: readService(group, settings),
    scaling: { minCount, maxCount: group.number("max_size") },
    task: {
      family: template.text("name"),
      revision: version,
      cpu: vcpus * CPU_UNITS_PER_VCPU,
      memoryMiB,
      containers: instanceContainers(files, settings),
    },
    group: { instanceType, ...readGroup(resources, group, { files, settings }) },
    targetGroupArn: group.texts("target_group_arns")[0]!,
  };
}

function templateOf(resources: AppliedResources, group: Attributes): { template: Attributes; version: number } {
  const [policy] = group.blocks("mixed_instances_policy");
  const used =
    policy?.block("launch_template").block("launch_template_specification") ?? group.block("launch_template");
  const id = used.optionalText("launch_template_id") ?? used.text("id");
  return { template: resources.by("aws_launch_template", "id", id), version: used.number("version") };
}

function readService(group: Attributes, settings: Settings): Service {
  const [preferences] = group.blocks("instance_refresh").flatMap((refresh) => refresh.blocks("preferences"));
  const [policy] = group.blocks("instance_maintenance_policy");
  return {
    desiredCount: group.optionalNumber("desired_capacity") ?? group.number("min_size"),
    // AWS's defaults. Source: EC2 Auto Scaling API reference, RefreshPreferences.
    minimumHealthyPercent: (preferences ?? policy)?.optionalNumber("min_healthy_percentage") ?? 90,
    maximumPercent: (preferences ?? policy)?.optionalNumber("max_healthy_percentage") ?? 100,
    gracePeriodSec: group.number("health_check_grace_period"),
    // A refresh always stops at a failure; only the rollback is a choice.
    circuitBreaker: { enabled: true, rollback: preferences?.flag("auto_rollback") ?? false },
    containerName: processNames(settings)[0]!,
    containerPort: Number(settings["ENTRANCE_PORT"]),
  };
}

function readGroup(
  resources: AppliedResources,
  group: Attributes,
  { files, settings }: { readonly files: UserDataFiles; readonly settings: Settings },
): Omit<Group, "instanceType"> {
  const hooks = resources
    .all("aws_autoscaling_lifecycle_hook")
    .filter((hook) => hook.text("autoscaling_group_name") === group.text("name"));
  const timeoutSec = (transition: string): number => {
    const hook = hooks.find((each) => each.text("lifecycle_transition") === `autoscaling:EC2_INSTANCE_${transition}`);
    if (hook !== undefined) return hook.number("heartbeat_timeout");
    throw new TwinError(`${group.address}: expected an aws_autoscaling_lifecycle_hook for ${transition}, found none.`);
  };
  return {
    warmupSec: group.optionalNumber("default_instance_warmup") ?? group.number("health_check_grace_period"),
    launchHookSec: timeoutSec("LAUNCHING"),
    terminateHookSec: timeoutSec("TERMINATING"),
    bootSec: Number(settings["BOOT_SEC"]),
    drainSec: Number(settings["DRAIN_SEC"]),
    processes: processNames(settings),
    nginx: {
      container: NGINX,
      configuration: files.text("/etc/app/nginx.conf"),
      drainingFile: settings["DRAINING"] ?? "",
    },
  };
}
