import { metricFactory } from "../../metric";
import { type MonitoredInstances } from "./props";

export function instanceMetrics({ autoScalingGroupName, metricsNamespace }: MonitoredInstances) {
  const dimensions = { AutoScalingGroupName: autoScalingGroupName };
  const group = metricFactory("AWS/AutoScaling", dimensions);
  const ec2 = metricFactory("AWS/EC2", dimensions);
  const agent = metricsNamespace === undefined ? undefined : metricFactory(metricsNamespace, dimensions);
  return {
    inService: group("GroupInServiceInstances", "Minimum"),
    desired: group("GroupDesiredCapacity", "Maximum"),
    cpu: ec2("CPUUtilization", "Average", 300),
    cpuMax: ec2("CPUUtilization", "Maximum"),
    memory: agent?.("mem_used_percent", "Maximum", 300),
    disk: agent?.("disk_used_percent", "Maximum", 300),
  };
}
