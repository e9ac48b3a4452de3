import { isDeepStrictEqual } from "node:util";
import { balancerPlan } from "../balancer/balancer-plan";
import { type TwinParts } from "../options";
import { identityOf, type Release, withinScaling } from "./release";
import { type ServiceLoop, settingsOf } from "./service-loop";

export interface Deployable {
  readonly parts: TwinParts;
  readonly loop: ServiceLoop;
  /** Receives events of the service. */
  readonly report: (message: string) => void;
}

/**
 * Applies a release to a running service as AWS would: changes attributes of the load balancer and the service in place, keeps
 * the task count within the bounds of autoscaling, and deploys when the tasks differ or `force` is set.
 */
export async function deployRelease(
  { parts, loop, report }: Deployable,
  before: Release,
  next: Release,
  force: boolean,
): Promise<void> {
  const { scheduler } = loop;
  const { topology } = next;
  const running = scheduler.primary.revision as Release;
  const balancerOf = ({ topology: { loadBalancer, targetGroup } }: Release) => [loadBalancer, targetGroup];
  if (!isDeepStrictEqual(balancerOf(before), balancerOf(next))) {
    report("load balancer and target group get their new attributes");
    await parts.balancer.configure(balancerPlan(topology, parts));
  }
  scheduler.configure(settingsOf(topology), loop.nowMs);
  const desired = topology.scaling ? scheduler.desiredCount : topology.service.desiredCount;
  scheduler.scale(withinScaling(topology, desired), loop.nowMs);
  const changed = !isDeepStrictEqual(identityOf(running), identityOf(next));
  if (changed || force) {
    report(`deploys ${next.label}${changed ? "" : " again"}`);
    scheduler.deploy(next, loop.nowMs);
  }
}
