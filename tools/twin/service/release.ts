import { type ContainerImage, type Image } from "../tasks/image";
import { type Revision } from "../scheduler/deployment";
import { type Topology } from "../topology/topology";

/** What a task is made from. */
export interface Release extends Revision {
  readonly topology: Topology;
  readonly image: Image | ContainerImage;
}

export function releaseOf(topology: Topology, image: Image | ContainerImage): Release {
  const { family, revision, containers } = topology.task;
  return { label: `${family}:${revision}`, containers, topology, image };
}

/** What a rolling deployment is needed for when it differs. */
export function identityOf({ topology, image }: Release): unknown {
  const { cpu, memoryMiB, containers } = topology.task;
  return { cpu, memoryMiB, containers, image };
}

/** Application Auto Scaling moves a count outside of its bounds back to the nearest. */
export function withinScaling({ scaling }: Topology, desiredCount: number): number {
  if (scaling === undefined) return desiredCount;
  return Math.min(Math.max(desiredCount, scaling.minCount), scaling.maxCount);
}
