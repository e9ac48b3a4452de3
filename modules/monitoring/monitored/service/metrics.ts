import { metricFactory } from "../../metric";
import { type MonitoredService } from "./props";

export function serviceMetrics(service: MonitoredService) {
  const dimensions = { ClusterName: service.clusterName, ServiceName: service.serviceName };
  const ecs = metricFactory("AWS/ECS", dimensions);
  const insights = metricFactory("ECS/ContainerInsights", dimensions);
  const counted = service.containerInsights ?? true;
  return {
    cpu: ecs("CPUUtilization", "Average", 300),
    cpuMax: ecs("CPUUtilization", "Maximum"),
    memory: ecs("MemoryUtilization", "Average", 300),
    memoryMax: ecs("MemoryUtilization", "Maximum"),
    // Each task reports its CPU once a minute, so the sample count is the number of tasks. Source: ECS developer guide, "Service RUNNING task count".
    running: counted ? insights("RunningTaskCount", "Average") : ecs("CPUUtilization", "SampleCount"),
    desired: counted ? insights("DesiredTaskCount", "Average") : undefined,
  };
}
