import { processNumbers } from "./process-numbers";
import { type InstanceProps } from "./props";

const INTERVAL_SEC = 60;

/**
 * Returns the configuration of the CloudWatch agent. Each process has an entry of its own, because the agent reads only the latest of the
 * files that one wildcard matches. The application's metrics are in its log lines, in the embedded metric format.
 * Source: CloudWatch user guide, "Manually create or edit the CloudWatch agent configuration file".
 */
export function cloudWatchConfiguration(props: InstanceProps): object {
  const { logGroupName, metricsNamespace } = props;
  const files = [
    ...processNumbers(props).map((number) => [`/var/log/app/process-${number}.log`, `process-${number}`]),
    ["/var/log/app/instance.log", "instance"],
    ["/var/log/app/migration.log", "migration"],
    ["/var/log/nginx/error.log", "nginx"],
    ["/var/log/cloud-init-output.log", "boot"],
  ];
  return {
    agent: { metrics_collection_interval: INTERVAL_SEC },
    logs: {
      logs_collected: {
        files: {
          collect_list: files.map(([path, stream]) => ({
            file_path: path,
            log_group_name: logGroupName,
            log_stream_name: `{instance_id}/${stream}`,
          })),
        },
      },
    },
    metrics: {
      namespace: metricsNamespace,
      append_dimensions: { AutoScalingGroupName: "${aws:AutoScalingGroupName}", InstanceId: "${aws:InstanceId}" },
      aggregation_dimensions: [["AutoScalingGroupName"]],
      metrics_collected: {
        mem: { measurement: ["mem_used_percent"] },
        disk: { measurement: ["used_percent"], resources: ["/"], drop_device: true },
        // Connections and packets that the instance type's own limits drop.
        ethtool: {
          interface_include: ["*"],
          metrics_include: ["conntrack_allowance_exceeded", "pps_allowance_exceeded"],
        },
      },
    },
  };
}
