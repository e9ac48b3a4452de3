import { AlarmTopic, Monitoring } from "../modules/monitoring";
import { type Database } from "../modules/database";
import { alarmSubscriptions } from "./alarm-subscriptions";
import { type Compute } from "./compute/compute";
import { type ServiceContext } from "./service-context";

export function createAlarmTopic({ stack, name, environment, kmsKeyArn }: ServiceContext): AlarmTopic {
  return new AlarmTopic(stack, "alarm-topic", {
    name,
    subscriptions: alarmSubscriptions(stack, environment.alarms.emails),
    kmsKeyArn,
  });
}

export interface MonitoringSources {
  readonly topic: AlarmTopic;
  readonly database: Database;
  readonly compute: Compute;
}

/** Creates the alarms and the dashboard for the resources of the stack. */
export function createMonitoring(
  { stack, name, contract, environment }: ServiceContext,
  { topic, database, compute }: MonitoringSources,
): Monitoring {
  const { logs, metrics } = contract;
  return new Monitoring(stack, "monitoring", {
    name,
    alarmTopicArn: topic.topicArn,
    runbookUrl: environment.alarms.runbookUrl,
    ...compute.monitored,
    database,
    waf: compute.entrance.waf,
    certificates: compute.entrance.certificates,
    thresholds: compute.thresholds,
    // A metric filter needs a log group that exists before the service; App Runner creates its own.
    logMetrics:
      compute.logGroupName === undefined && compute.monitored.service === undefined
        ? {}
        : {
            [logs.connectedMetric]: {
              namespace: `${metrics.namespace}/${name}`,
              text: logs.connectedLine,
              logGroupName: compute.logGroupName,
            },
          },
  });
}
