import { DeleteAlarmsCommand, PutCompositeAlarmCommand, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { aws, expectRefused, fresh } from "./simulated";

describe("CloudWatch", () => {
  it("keeps an alarm that a composite alarm depends on, and refuses a rule with an unknown alarm", async () => {
    const [child, parent] = [fresh("alarm"), fresh("composite")];
    const watched = { Namespace: "n", MetricName: "m", Statistic: "Sum" as const, Period: 60, EvaluationPeriods: 1 };
    const limit = { ComparisonOperator: "GreaterThanThreshold" as const, Threshold: 1 };
    const rule = (name: string) => new PutCompositeAlarmCommand({ AlarmName: parent, AlarmRule: `ALARM("${name}")` });
    await aws.cloudwatch.send(new PutMetricAlarmCommand({ AlarmName: child, ...watched, ...limit }));
    // ValidationError in the query protocol, which Terraform's provider speaks.
    const code = "ValidationException";
    await expectRefused(aws.cloudwatch.send(rule("unknown")), code);
    await aws.cloudwatch.send(rule(child));
    const deletion = new DeleteAlarmsCommand({ AlarmNames: [child] });
    await expectRefused(aws.cloudwatch.send(deletion), code);
    await aws.cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [parent] }));
    await aws.cloudwatch.send(deletion);
  });
});
