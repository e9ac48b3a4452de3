import { DescribeLogGroupsCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeFlowLogsCommand } from "@aws-sdk/client-ec2";
import { ask } from "../../doctor/account/ask";
import { alarmOf, stateOf } from "./alarms";
import { differs, type Environment, holds, notChecked, type Outcome } from "./item";

/** The apply would have failed, had AWS not accepted the key's policy; so the key has to be there. */
export async function logGroupHasKey({ account }: Environment): Promise<Outcome> {
  const { logGroupName: name } = account.target;
  const query = new DescribeLogGroupsCommand({ logGroupNamePrefix: name });
  const { logGroups = [] } = await ask("logs:DescribeLogGroups", account.aws.logs.send(query));
  const key = logGroups.find(({ logGroupName }) => logGroupName === name)?.kmsKeyId;
  return key === undefined ? notChecked(`${name} has no key of its own`) : holds(`${name} is encrypted with ${key}`);
}

export async function flowLogsAreDelivered({ account }: Environment): Promise<Outcome> {
  const Filter = [{ Name: "tag:Environment", Values: [account.target.tags["Environment"] ?? ""] }];
  const answer = account.aws.ec2.send(new DescribeFlowLogsCommand({ Filter }));
  const { FlowLogs = [] } = await ask("ec2:DescribeFlowLogs", answer);
  const [first] = FlowLogs;
  if (first === undefined) return notChecked("the environment has no flow logs");
  const failed = FlowLogs.find(({ DeliverLogsStatus }) => DeliverLogsStatus === "FAILED");
  if (failed !== undefined) return differs(`${failed.FlowLogId}: ${failed.DeliverLogsErrorMessage ?? "FAILED"}`);
  if (first.DeliverLogsStatus === undefined) return notChecked(`${first.FlowLogId} has not delivered anything yet`);
  return holds(`${first.FlowLogId}: ${first.DeliverLogsStatus}`);
}

/** The application connects to the cache with IAM's token: a refused one is in its log and keeps the adapter's alarm on. */
export async function cacheAcceptsToken({ account }: Environment): Promise<Outcome> {
  const query = { logGroupName: account.target.logGroupName, filterPattern: "WRONGPASS", limit: 1 };
  const { events = [] } = await ask("logs:FilterLogEvents", account.aws.logs.send(new FilterLogEventsCommand(query)));
  const [refused] = events;
  if (refused !== undefined) return differs(refused.message ?? "WRONGPASS");
  const alarm = alarmOf(account, "adapter-disconnected");
  if (alarm === undefined) return notChecked("the stack has no alarm adapter-disconnected");
  const state = await stateOf(account, alarm);
  const seen = `${alarm.name} is ${state ?? "gone"}, no line with WRONGPASS`;
  if (state === "OK") return holds(seen);
  return state === "ALARM" ? differs(seen) : notChecked(seen);
}
