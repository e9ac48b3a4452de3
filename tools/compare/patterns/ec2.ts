import { contract } from "../../../app/contract";
import { type Load } from "../../prices/load";
import { Plan, type Resource } from "../../terraform/plan";
import { block, blocks, number } from "../../terraform/values";
import { type Fact, type Pattern, type Stack } from "../pattern";
import { ALARM_SEC, minutes, targetTimes } from "./behind-load-balancer";

/** Pattern B. */
export const ec2: Pattern = {
  id: "ec2",
  letter: "B",
  title: { en: "EC2 behind a load balancer", ja: "ロードバランサー配下の EC2" },
  webSockets: { en: "yes, and long-polling", ja: "対応（ロングポーリングも可）" },
  openToNewCustomers: true,
  capacity: (stack) => {
    const instances = number(groupOf(stack)?.values ?? {}, "max_size") ?? 0;
    const [processes, each] = [number(stack.settings, "processes") ?? 0, connectionsPerProcess(stack)];
    const why = `${instances} instances with ${processes} processes of ${each.toLocaleString("en-US")} connections; raise maxCount for more`;
    return { connections: instances * processes * each, why };
  },
  planAt,
  timeToDeploy,
  timeToScale: {
    text: `${minutes(ALARM_SEC)} minutes above the target, then the boot of an instance, which has 4 minutes before the application starts`,
    source: "Application Auto Scaling user guide, target tracking; modules/ec2-service; the boot is not tried on AWS",
  },
  breaksOnDeploy: {
    text: "each connection once, closed by the draining instance; clients reconnect to a new one and catch up, nothing acknowledged is lost",
    source: "docs/adr/0020-processes-of-an-instance.md, measured on one machine",
  },
  operations: {
    text: "most: newer AMIs by instance refresh, no rollback but a former image; base images and Node.js releases are yours",
    source: "modules/ec2-service",
  },
  customisation: {
    text: "most: instance types, Spot, the kernel's settings, agents beside the application",
    source: "modules/ec2-service",
  },
  claims: [
    {
      guide: "about $50 to 60 a month",
      holds: "only without NAT, database, cache, firewall and the instances' metrics: see the costs above",
      source: "the bill of the stack",
    },
    {
      guide: "PM2 and nginx on each instance",
      holds:
        "PM2 on one shared port connected 2 of 100 clients; systemd with a port for each process, and nginx that finds the process of a session, connected all",
      source: "docs/adr/0020-processes-of-an-instance.md",
    },
    {
      guide: "Spot is up to 90 % cheaper; connections may break",
      holds:
        "two minutes' notice, in which sockets drain; one instance stays on demand, and a drain takes at most 105 s",
      source: "modules/ec2-service; EC2 user guide, Spot instance interruptions",
    },
  ],
};

/** The group of the application: one of NAT instances has no mixed instances policy. */
function groupOf({ plan }: Stack): Resource | undefined {
  return plan.ofType("aws_autoscaling_group").find(({ values }) => blocks(values, "mixed_instances_policy").length > 0);
}

function connectionsPerProcess({ plan }: Stack): number {
  for (const { values } of plan.ofType("aws_autoscaling_policy")) {
    const tracking = block(values, "target_tracking_configuration");
    if (blocks(tracking, "customized_metric_specification").length > 0) return number(tracking, "target_value") ?? 0;
  }
  return 0;
}

/** Raises the group's minimum to the instances that the target of open connections asks for. */
function planAt(stack: Stack, { connections }: Load): Plan {
  const group = groupOf(stack);
  const each = (number(stack.settings, "processes") ?? 1) * connectionsPerProcess(stack);
  const resources = (stack.plan.json.planned_values?.root_module?.resources ?? []).map((resource) => {
    if (resource.address !== group?.address) return resource;
    const min = Math.max(number(group.values, "min_size") ?? 0, Math.ceil(connections / each));
    return { ...resource, values: { ...resource.values, min_size: min } };
  });
  return new Plan({ ...stack.plan.json, planned_values: { root_module: { resources } } });
}

function timeToDeploy(stack: Stack): Fact {
  const { healthySec, deregistrationSec } = targetTimes(stack.plan);
  const boot = number(bootHookOf(stack)?.values ?? {}, "heartbeat_timeout") ?? 0;
  const count = number(groupOf(stack)?.values ?? {}, "min_size") ?? 0;
  const drain = deregistrationSec + contract.container.drain.shutdownSec;
  return {
    text: `at most ${minutes(count * (boot + healthySec + drain))} minutes for ${count} instances, one after the other: ${boot} s to boot, ${healthySec} s until healthy, ${drain} s to drain. The apply does not wait`,
    source: "lifecycle hooks, health check and delays of the stack",
  };
}

function bootHookOf({ plan }: Stack): Resource | undefined {
  const launching = "autoscaling:EC2_INSTANCE_LAUNCHING";
  return plan
    .ofType("aws_autoscaling_lifecycle_hook")
    .find(({ values }) => values["lifecycle_transition"] === launching);
}
