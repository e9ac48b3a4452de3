import { AppliedResources } from "../../terraform/applied-resources";
import { type StateJson } from "../../terraform/state-json";
import { TwinError } from "../errors";
import { autoScalingGroup } from "./compute/auto-scaling-group";
import { type ComputeReader } from "./compute/compute-reader";
import { fargate } from "./compute/fargate";
import { readCache, readDatabase } from "./data";
import { readLoadBalancer, readTargetGroup } from "./load-balancer";
import { type Topology } from "./topology";

/** One reader per compute. */
const COMPUTE_READERS: readonly ComputeReader[] = [fargate, autoScalingGroup];

const APP_RUNNER = "aws_apprunner_service";

/**
 * Reads the one service of an applied stack, with its load balancer and its data stores, from `terraform show -json`.
 *
 * @throws TerraformError naming the resource and attribute that is missing or of another type
 * @throws TwinError when the twin cannot run the stack's compute
 */
export function readTopology(state: StateJson): Topology {
  const resources = new AppliedResources(state);
  if (resources.all(APP_RUNNER).length > 0) {
    throw new TwinError(
      "the applied state: expected tasks behind a load balancer, got a service on App Runner, whose router the twin does not imitate. Run the application alone with `make dev`.",
    );
  }
  const { name, service, scaling, task, group, targetGroupArn } = computeReaderFor(resources).read(resources);
  return {
    name,
    loadBalancer: readLoadBalancer(resources, targetGroupArn),
    targetGroup: readTargetGroup(resources, targetGroupArn),
    service,
    scaling,
    task,
    group,
    database: readDatabase(resources),
    cache: readCache(resources),
  };
}

/** Falls back to the first reader, whose error then names the resource that is missing. */
function computeReaderFor(resources: AppliedResources): ComputeReader {
  const matching = COMPUTE_READERS.filter(({ isIn }) => isIn(resources));
  if (matching.length > 1) {
    const types = matching.map(({ resourceType }) => resourceType).join(" and ");
    throw new TwinError(`the applied state: expected one kind of compute, got ${types}.`);
  }
  return matching[0] ?? COMPUTE_READERS[0]!;
}
