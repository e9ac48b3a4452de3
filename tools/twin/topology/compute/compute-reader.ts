import { type AppliedResources } from "../../../terraform/applied-resources";
import { type Topology } from "../topology";

/** The part of a topology that depends on the compute. */
export interface ComputeTopology extends Pick<Topology, "name" | "service" | "scaling" | "task" | "group"> {
  /** ARN of the target group that the service registers its tasks with. */
  readonly targetGroupArn: string;
}

/** Reads the service of one kind of compute from an applied state. */
export interface ComputeReader {
  /** The Terraform resource type of the service. */
  readonly resourceType: string;
  /** Whether the state has a service of this kind. */
  readonly isIn: (resources: AppliedResources) => boolean;
  /** @throws TerraformError naming the resource and attribute that is missing or of another type */
  readonly read: (resources: AppliedResources) => ComputeTopology;
}
