import { type ContainerImage, type Image } from "../tasks/image";
import { type Revision } from "../scheduler/deployment";
import { type Topology } from "../topology/topology";

/** A revision with the topology and the image that its tasks run. */
export interface Release extends Revision {
  readonly topology: Topology;
  readonly image: Image | ContainerImage;
}

export function releaseOf(topology: Topology, image: Image | ContainerImage): Release {
  const { family, revision, containers } = topology.task;
  return { label: `${family}:${revision}`, containers, topology, image };
}

/** Returns the parts of a release whose change needs a rolling deployment. */
export function identityOf({ topology, image }: Release): unknown {
  const { cpu, memoryMiB, containers } = topology.task;
  return { cpu, memoryMiB, containers, image };
}

/** Moves a task count to the nearest bound of autoscaling, as Application Auto Scaling does. */
export function withinScaling({ scaling }: Topology, desiredCount: number): number {
  if (scaling === undefined) return desiredCount;
  return Math.min(Math.max(desiredCount, scaling.minCount), scaling.maxCount);
}
