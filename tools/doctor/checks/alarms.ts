import { type CompositeAlarm, DescribeAlarmsCommand, type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { type Account } from "../account/account";
import { ask } from "../account/ask";
import { DoesNotApply } from "../account/does-not-apply";
import { defineCheck } from "../check";
import { type Problem } from "../finding";

const HOUR_MS = 3_600_000;
/** Metrics of a new environment come within the hour; some are reported once a day. */
const LONG_HOURS = 26;
/** Source: CloudWatch API reference, DescribeAlarms, AlarmNames. */
const NAMES_PER_REQUEST = 100;

export interface LiveAlarm {
  readonly name: string;
  readonly state: string;
  readonly stateReason: string;
  /** What users notice, where to look and what to do first. */
  readonly description: string;
  readonly hoursInState: number;
  readonly actionsEnabled: boolean;
  readonly actions: readonly string[];
}

interface Facts {
  readonly declared: readonly string[];
  readonly live: readonly LiveAlarm[];
}

/** An alarm that tells nobody, or watches nothing, is worse than none. */
export const alarms = defineCheck({
  name: "alarms",
  expects: "every alarm of the stack exists, has data and an enabled action, and is quiet",
  read,
  judge: ({ declared, live }) => {
    const missing = declared.filter((name) => !live.some((alarm) => alarm.name === name));
    const mute = live.filter(({ actionsEnabled, actions }) => !actionsEnabled || actions.length === 0);
    const blind = live.filter(({ state, hoursInState }) => state === "INSUFFICIENT_DATA" && hoursInState >= LONG_HOURS);
    return [
      ...(missing.length === 0 ? [] : [missingAlarms(missing)]),
      ...(mute.length === 0 ? [] : [muteAlarms(mute)]),
      ...(blind.length === 0 ? [] : [blindAlarms(blind)]),
      ...live.filter(({ state }) => state === "ALARM").map(alarmThatIsOn),
    ];
  },
});

async function read(account: Account): Promise<Facts> {
  const declared = account.stack.alarms();
  if (declared.length === 0) throw new DoesNotApply("the stack has no alarms");
  const regions = [...new Set(declared.map(({ region }) => region))];
  const live = await Promise.all(
    regions.map((region) => {
      const names = declared.filter((alarm) => alarm.region === region).map(({ name }) => name);
      return readAlarms(account, region, names);
    }),
  );
  return { declared: declared.map(({ name }) => name), live: live.flat() };
}

async function readAlarms({ aws, now }: Account, region: string, names: readonly string[]): Promise<LiveAlarm[]> {
  const found: (MetricAlarm | CompositeAlarm)[] = [];
  for (let start = 0; start < names.length; start += NAMES_PER_REQUEST) {
    const query = new DescribeAlarmsCommand({
      AlarmNames: names.slice(start, start + NAMES_PER_REQUEST),
      AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
    });
    const answer = await ask("cloudwatch:DescribeAlarms", aws.cloudwatch(region).send(query));
    found.push(...(answer.MetricAlarms ?? []), ...(answer.CompositeAlarms ?? []));
  }
  return found.map((alarm) => ({
    name: alarm.AlarmName ?? "",
    state: alarm.StateValue ?? "",
    stateReason: alarm.StateReason ?? "",
    description: alarm.AlarmDescription ?? "",
    hoursInState: alarm.StateUpdatedTimestamp ? (now() - alarm.StateUpdatedTimestamp.getTime()) / HOUR_MS : 0,
    actionsEnabled: alarm.ActionsEnabled ?? true,
    actions: alarm.AlarmActions ?? [],
  }));
}

function missingAlarms(missing: readonly string[]): Problem {
  return {
    severity: "error",
    what: `${count(missing.length)} of the stack ${missing.length === 1 ? "does" : "do"} not exist.`,
    evidence: missing.join(", "),
    impact: "Nobody hears of what they watch, and deployments do not roll back by them.",
    remedy: "Run `make deploy`, which creates them.",
  };
}

function muteAlarms(mute: readonly LiveAlarm[]): Problem {
  return {
    severity: "error",
    what: `${count(mute.length)} would tell nobody: actions are off, or there are none.`,
    evidence: mute
      .map(({ name, actions }) => `${name} (${actions.length === 0 ? "no action" : "disabled"})`)
      .join(", "),
    impact: "An outage is first reported by its users.",
    remedy: `Somebody may have silenced them for maintenance: aws cloudwatch enable-alarm-actions --alarm-names ${mute.map(({ name }) => name).join(" ")}`,
  };
}

function blindAlarms(blind: readonly LiveAlarm[]): Problem {
  return {
    severity: "warning",
    what: `${count(blind.length)} ${blind.length === 1 ? "has" : "have"} had no data for more than a day.`,
    evidence: blind.map(({ name, hoursInState }) => `${name} (${duration(hoursInState)})`).join(", "),
    impact: "They watch nothing: the metric, or one of its dimensions, is not published.",
    remedy:
      "Look for the metric in CloudWatch; one of the application is in its log, one of ECS needs Container Insights.",
  };
}

function alarmThatIsOn({ name, stateReason, description, hoursInState }: LiveAlarm): Problem {
  return {
    severity: "error",
    what: `The alarm ${name} is on, for ${duration(hoursInState)}.`,
    evidence: stateReason,
    impact: description || "It has no description that says what users notice.",
    remedy: "Follow its runbook (docs/runbooks/alarms.md).",
  };
}

function duration(hours: number): string {
  if (hours < 1) return "less than an hour";
  return hours < 48 ? `${Math.floor(hours)} h` : `${Math.floor(hours / 24)} days`;
}

function count(number: number): string {
  return number === 1 ? "1 alarm" : `${number} alarms`;
}
