import { DescribeAlarmHistoryCommand, DescribeAlarmsCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { type Account } from "../../doctor/account/account";
import { ask } from "../../doctor/account/ask";
import { type Declared } from "../../doctor/stack/declared";
import { differs, type Environment, holds, notChecked, type Outcome } from "./item";

const LOOK_AGAIN_MS = 5_000;
/** CloudWatch runs an action within seconds; the rest is its history's delay. */
const MOST_LOOKS = 24;

/** Returns the alarm of the stack whose name ends so. */
export function alarmOf({ stack, target }: Pick<Account, "stack" | "target">, end: string): Declared | undefined {
  return stack.alarms().find(({ name }) => name === `${target.stack}-${end}`);
}

export async function stateOf({ aws }: Account, { name, region }: Declared): Promise<string | undefined> {
  const query = new DescribeAlarmsCommand({ AlarmNames: [name] });
  const { MetricAlarms = [] } = await ask("cloudwatch:DescribeAlarms", aws.cloudwatch(region).send(query));
  return MetricAlarms[0]?.StateValue;
}

/** Raises an alarm by hand and reads in its history whether CloudWatch could write to the encrypted topic. */
export async function alarmReachesTopic({ account, context }: Environment): Promise<Outcome> {
  const alarm = alarmOf(account, "high-cpu");
  if (alarm === undefined) return notChecked("the stack has no alarm high-cpu");
  const cloudwatch = account.aws.cloudwatch(alarm.region);
  const since = new Date(context.clock.now());
  const change = { AlarmName: alarm.name, StateValue: "ALARM", StateReason: "make verify-aws" } as const;
  await ask("cloudwatch:SetAlarmState", cloudwatch.send(new SetAlarmStateCommand(change)));
  const query = { AlarmName: alarm.name, HistoryItemType: "Action", StartDate: since } as const;
  for (let look = 1; look <= MOST_LOOKS; look++) {
    const answer = cloudwatch.send(new DescribeAlarmHistoryCommand(query));
    const { AlarmHistoryItems = [] } = await ask("cloudwatch:DescribeAlarmHistory", answer);
    const said = AlarmHistoryItems.map(({ HistorySummary = "" }) => HistorySummary);
    const failed = said.find((text) => /failed to execute/i.test(text));
    if (failed !== undefined) return differs(failed);
    const [done] = said.filter((text) => /success/i.test(text));
    if (done !== undefined) return holds(done);
    await context.clock.sleep(LOOK_AGAIN_MS);
  }
  return notChecked(`the history of ${alarm.name} has no action within ${(MOST_LOOKS * LOOK_AGAIN_MS) / 1000} s`);
}
