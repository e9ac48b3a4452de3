import { type LiveTarget, type LiveTargetGroup } from "../account/load-balancer";
import { defineCheck } from "../check";
import { type Problem } from "../finding";

/** What the load balancer's reason codes mean. Source: Elastic Load Balancing API reference, TargetHealth.Reason. */
const REASONS: Readonly<Record<string, string>> = {
  "Target.Timeout": "no answer to the health check in time; it hangs, or a security group drops the request",
  "Target.ResponseCodeMismatch": "another status than the health check expects",
  "Target.FailedHealthChecks": "the health check cannot connect, or the answer is broken",
  "Target.NotRegistered": "not registered",
  "Target.NotInUse": "in a zone that the load balancer does not use, or in a group that no listener forwards to",
  "Target.InvalidState": "stopped",
  "Target.IpUnusable": "an address that the load balancer cannot use",
  "Target.HealthCheckDisabled": "not checked",
  "Elb.InternalError": "an internal error of the load balancer",
};

/** States of a target that comes or goes. */
const PASSING = ["initial", "draining", "unhealthy.draining"];

/** The load balancer sends requests to healthy targets only. */
export const targets = defineCheck({
  name: "targets",
  expects: "every task is a healthy target of the load balancer",
  read: async (account) => ({
    groups: await account.targetGroups(),
    wanted: (await account.service()).desiredCount ?? 0,
    expected: (await account.targetGroupArns()).length,
  }),
  judge: ({ groups, wanted, expected }) => [
    ...(groups.length < expected ? [missingGroup(expected - groups.length)] : []),
    ...groups.flatMap((group) => problems(group, wanted)),
  ],
});

function missingGroup(count: number): Problem {
  return {
    severity: "error",
    what: "The service registers its tasks in a target group that does not exist.",
    evidence: `DescribeTargetGroups does not find ${count} of its target groups`,
    impact: "No request reaches the tasks, and no deployment can succeed.",
    remedy: "Run `make deploy`, which creates the target group.",
  };
}

function problems({ name, healthCheck, targets: all }: LiveTargetGroup, wanted: number): Problem[] {
  const settled = all.filter(({ state }) => !PASSING.includes(state));
  const healthy = settled.filter(({ state }) => state === "healthy");
  const failing = settled.filter(({ state }) => state !== "healthy");
  const impact =
    healthy.length === 0
      ? "Nobody reaches the site: the load balancer has no healthy target."
      : `Connections and load are on ${healthy.length} of ${wanted} tasks.`;
  const severity = "error";
  const reasons = [...new Set(failing.map(reasonInWords))];
  const perReason = reasons.map((reason): Problem => {
    const same = failing.filter((target) => reasonInWords(target) === reason);
    return {
      severity,
      what: `${same.length === 1 ? "1 target" : `${same.length} targets`} of ${name} not healthy: ${reason}.`,
      evidence: `${same.map(describe).join("; ")}; health check: ${healthCheck}`,
      impact,
      remedy: remedyOf(same[0]!),
    };
  });
  // Those that are about to be healthy are not missing.
  const present = all.filter(({ state }) => state !== "draining").length;
  const absent = wanted - present;
  if (absent <= 0 || failing.length > 0) return perReason;
  return [
    ...perReason,
    {
      severity,
      what: `${absent} of ${wanted} tasks are not registered in ${name}.`,
      evidence: `${all.length} registered: ${all.map(({ id, state }) => `${id} ${state}`).join(", ") || "none"}`,
      impact,
      remedy: "Tasks do not start, or end at once: see the finding of `deployment`, or run `make status`.",
    },
  ];
}

function reasonInWords({ reason, state }: LiveTarget): string {
  return REASONS[reason] ?? state;
}

function describe({ id, state, reason, description }: LiveTarget): string {
  return [`${id} ${state}`, reason, description].filter((text) => text !== "").join(", ");
}

function remedyOf({ reason }: LiveTarget): string {
  if (reason === "Target.Timeout")
    return "See the finding of `security-groups`; then the task's CPU and its log (`make logs`).";
  if (reason.startsWith("Target.Not"))
    return "Compare the load balancer's zones and listeners with the stack: `make deploy` shows the difference.";
  return "Read the task's log (`make logs`): does it listen, and does the health path answer 200?";
}
