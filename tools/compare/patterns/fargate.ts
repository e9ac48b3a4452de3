import { contract } from "../../../app/contract";
import { type Plan } from "../../terraform/plan";
import { block, blocks, number } from "../../terraform/values";
import { type Fact, type Pattern, type Stack } from "../pattern";
import { ALARM_SEC, minutes, targetTimes } from "./behind-load-balancer";

/** Placement, network interface and image pull; AWS publishes none, and docs/capacity.md assumes the same. */
const START_SEC = 45;
/** Seconds that ECS reserves between the end of the drain and SIGKILL in our task definitions. */
const STOP_MARGIN_SEC = 10;

/** Pattern A. */
export const fargate: Pattern = {
  id: "fargate",
  letter: "A",
  title: { en: "Fargate behind a load balancer", ja: "ロードバランサー配下の Fargate" },
  webSockets: { en: "yes, and long-polling", ja: "対応（ロングポーリングも可）" },
  openToNewCustomers: true,
  capacity: ({ plan }) => {
    const [target] = plan.ofType("aws_appautoscaling_target");
    const tasks = number(target?.values ?? {}, "max_capacity") ?? 0;
    const each = connectionsPerTask(plan);
    const why = `${tasks} tasks of ${each.toLocaleString("en-US")} connections; raise maxCount for more`;
    return { connections: tasks * each, why };
  },
  timeToDeploy,
  timeToScale: {
    text: `about ${minutes(ALARM_SEC + START_SEC)} minutes: three minutes above the target, then a task's start`,
    source: "Application Auto Scaling user guide, target tracking; the start of a task is assumed (docs/capacity.md)",
  },
  breaksOnDeploy: {
    text: "each connection once, closed by the draining task; clients reconnect to a new one and catch up, nothing acknowledged is lost",
    source: "docs/reliability.md, measured on the twin",
  },
  operations: {
    text: "no servers; base images and Node.js releases are yours",
    source: "the stack",
  },
  customisation: { text: "anything in a container; no daemon, no GPU, at most 16 vCPU", source: "ECS developer guide" },
  claims: [
    {
      guide: "about $50 to 70 a month",
      holds: "only without NAT, database, cache and firewall: see the costs above",
      source: "the bill of the stack",
    },
    {
      guide: "sticky sessions are required for WebSockets",
      holds: "for the handshake by long-polling; a WebSocket stays on its connection",
      source: "Elastic Load Balancing user guide, sticky sessions",
    },
  ],
};

function connectionsPerTask(plan: Plan): number {
  for (const { values } of plan.ofType("aws_appautoscaling_policy")) {
    const tracking = block(values, "target_tracking_scaling_policy_configuration");
    if (blocks(tracking, "customized_metric_specification").length > 0) return number(tracking, "target_value") ?? 0;
  }
  return 0;
}

function timeToDeploy({ plan }: Stack): Fact {
  const { healthySec: healthy, deregistrationSec: drain } = targetTimes(plan);
  const stop = contract.container.drain.shutdownSec + STOP_MARGIN_SEC;
  const all = START_SEC + healthy + drain + stop;
  return {
    text: `about ${minutes(all)} minutes: ${START_SEC} s to start, ${healthy} s until healthy, up to ${drain + stop} s to drain`,
    source: "health check and delays of the stack; the start is assumed (docs/capacity.md)",
  };
}
