import { GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch";
import { contract } from "../../../app/contract";
import { type Account } from "../account/account";
import { ask } from "../account/ask";
import { DoesNotApply, ifApplicable } from "../account/does-not-apply";
import { defineCheck } from "../check";
import { type Problem } from "../finding";

/** How far back a report of the tasks is current, in minutes. */
const RECENT_MIN = 10;

interface Facts {
  readonly adapter: string;
  readonly tasks: number;
  readonly isCacheInClusterMode: boolean | undefined;
  /** Lowest value that a task has reported lately: 1 connected, 0 not; `undefined` without a report. */
  readonly connected: number | undefined;
}

/** The Socket.IO adapter carries messages between tasks. */
export const adapter = defineCheck({
  name: "adapter",
  expects:
    "with more than one task there is a Redis adapter that fits the cache, and every task reports that it is connected",
  read,
  judge: (facts) => [...fit(facts), ...connection(facts)],
});

async function read(account: Account): Promise<Facts> {
  const { environment } = await account.running();
  const tasks = (await account.service()).desiredCount ?? 0;
  const chosen = environment["SOCKET_ADAPTER"];
  if (chosen === undefined) throw new DoesNotApply("the running tasks have no SOCKET_ADAPTER");
  const found = await ifApplicable(account.cache());
  const connected = await lowestReport(account, environment["SERVICE_NAME"] ?? account.target.serviceName);
  return { adapter: chosen, tasks, isCacheInClusterMode: found?.isInClusterMode, connected };
}

async function lowestReport({ aws, target, now }: Account, service: string): Promise<number | undefined> {
  const { namespace, dimension } = contract.metrics;
  const { Datapoints = [] } = await ask(
    "cloudwatch:GetMetricStatistics",
    aws.cloudwatch(target.region).send(
      new GetMetricStatisticsCommand({
        Namespace: namespace,
        MetricName: contract.container.metrics.names.adapterConnected,
        Dimensions: [{ Name: dimension, Value: service }],
        StartTime: new Date(now() - RECENT_MIN * 60_000),
        EndTime: new Date(now()),
        Period: 60,
        Statistics: ["Minimum"],
      }),
    ),
  );
  const [newest] = [...Datapoints].sort((a, b) => Number(b.Timestamp) - Number(a.Timestamp));
  return newest?.Minimum;
}

function fit({ adapter: chosen, tasks, isCacheInClusterMode }: Facts): Problem[] {
  const impact = "Messages reach only the clients of the same task.";
  if (chosen === "in-memory" && tasks > 1) {
    return [
      {
        severity: "error",
        what: `${tasks} tasks run without a Redis adapter.`,
        evidence: `SOCKET_ADAPTER is ${chosen}, desired count ${tasks}`,
        impact,
        remedy: "Give the service a cache (fanOut), or run one task: `make deploy` sets the adapter from the stack.",
      },
    ];
  }
  if (chosen === "redis" && isCacheInClusterMode === true) {
    return [
      {
        severity: "warning",
        what: "The plain Redis adapter runs on a cache in cluster mode.",
        evidence: "SOCKET_ADAPTER is redis; the cache is in cluster mode",
        impact: "Every node carries every message: more nodes do not help.",
        remedy: "Set the adapter sharded-redis: `make deploy` sets it from the stack.",
      },
    ];
  }
  return [];
}

function connection({ connected }: Facts): Problem[] {
  if (connected === undefined || connected >= 1) return [];
  const { namespace } = contract.metrics;
  return [
    {
      severity: "error",
      what: "A task reports that its adapter is not connected to Redis.",
      evidence: `the lowest ${namespace} ${contract.container.metrics.names.adapterConnected} of the last minute with a report is ${connected}`,
      impact: "Its clients and those of other tasks do not receive each other's messages.",
      remedy: "See the findings of `cache` and `security-groups`, then the runbook redis-failover and the task's log.",
    },
  ];
}
