import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";

/** What the alarms watch. */
export interface AlarmInputs {
  readonly name: string;
  readonly stateMachineArn: string;
  readonly groupName: string;
  readonly logGroupName: string;
  readonly topicArn: string | undefined;
}

/** Creates one alarm for runs that failed or took too long, and one for runs that were not started at all. */
export function createAlarms(scope: Construct, inputs: AlarmInputs): [CloudwatchMetricAlarm, CloudwatchMetricAlarm] {
  const { name, stateMachineArn, groupName, logGroupName } = inputs;
  const failed = createAlarm(scope, inputs, {
    id: "failed",
    description: `A run of ${name} failed or took too long. Look at the executions of the state machine, then at the log group ${logGroupName}. Start a missed run by hand once the cause is gone.`,
    namespace: "AWS/States",
    metricName: "ExecutionsFailed",
    dimensions: { StateMachineArn: stateMachineArn },
  });
  // Source: EventBridge Scheduler user guide, "Monitoring with CloudWatch". The schedule has a group of its own, because only groups are counted.
  const notStarted = createAlarm(scope, inputs, {
    id: "not-started",
    description: `A run of ${name} could not be started. Look at the schedule and at its role in EventBridge Scheduler. Start the missed run by hand.`,
    namespace: "AWS/Scheduler",
    metricName: "InvocationDroppedCount",
    dimensions: { ScheduleGroup: groupName },
  });
  return [failed, notStarted];
}

interface Watch {
  readonly id: string;
  readonly description: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Record<string, string>;
}

function createAlarm(
  scope: Construct,
  { name, topicArn }: AlarmInputs,
  { id, description, namespace, metricName, dimensions }: Watch,
): CloudwatchMetricAlarm {
  const actions = topicArn === undefined ? undefined : [topicArn];
  return new CloudwatchMetricAlarm(scope, `alarm-${id}`, {
    alarmName: physicalName([name, id], { maxLength: 255 }),
    alarmDescription: description,
    namespace,
    metricName,
    dimensions,
    statistic: "Sum",
    period: 300,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    // There is no data between runs.
    treatMissingData: "notBreaching",
    alarmActions: actions,
    okActions: actions,
  });
}
