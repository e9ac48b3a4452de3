import { TerraformOutput } from "cdktf";
import { RollbackAlarms, type RollbackAlarmsProps } from "../../../modules/monitoring";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { alarms, app, loadBalancer, TOPIC_ARN } from "./fixture";

const minimal: RollbackAlarmsProps = { name: "crm-prod", loadBalancer, alarmTopicArn: TOPIC_ARN };

it("alarms after three bad minutes in a row on what a deployment can break", () => {
  const made = alarms(synthesize((stack) => void new RollbackAlarms(stack, "rollback", { ...minimal, app })));
  const picked = Object.entries(made).map(([id, alarm]) => [
    id,
    alarm["threshold"],
    alarm["datapoints_to_alarm"],
    alarm["evaluation_periods"],
    alarm["treat_missing_data"],
  ]);
  expect(picked).toEqual([
    ["rollback-ack-latency", 1000, 3, 3, "notBreaching"],
    ["rollback-target-app-errors", 5, 3, 3, "notBreaching"],
    ["rollback-target-app-unhealthy", 0, 3, 3, "notBreaching"],
  ]);
  expect(made["rollback-target-app-errors"]!["alarm_actions"]).toEqual([TOPIC_ARN]);
});

it("does not reference the service, so that the service can reference it", () => {
  const template = synthesize((stack) => {
    const { alarmNames } = new RollbackAlarms(stack, "rollback", minimal);
    new TerraformOutput(stack, "names", { value: alarmNames });
  });
  expect(template.json.output!["names"]!["value"]).toEqual([
    expect.stringMatching(/^\$\{aws_cloudwatch_metric_alarm\..*errors.*\.alarm_name\}$/),
    expect.stringMatching(/^\$\{aws_cloudwatch_metric_alarm\..*unhealthy.*\.alarm_name\}$/),
  ]);
  expect(template.counts()).toEqual({ aws_cloudwatch_metric_alarm: 2 });
  expect(template.text).not.toMatch(/aws_ecs|ServiceName/);
});

it("refuses targets that it cannot watch", () => {
  const props = { name: "crm", loadBalancer: { ...loadBalancer, targets: {} }, alarmTopicArn: "" };
  expect(refusal((stack) => void new RollbackAlarms(stack, "rollback", props))).toEqual([
    "[test/rollback] loadBalancer.targets: expected 1 to 20, got 0. Name at least one target group.",
    "[test/rollback] alarmTopicArn: expected a value, got an empty string. The topic receives the reason for a rollback.",
  ]);
});
