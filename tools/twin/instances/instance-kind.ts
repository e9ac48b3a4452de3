import { type TaskKind } from "../scheduler/task-kind";
import { type Group } from "../topology/topology";
import { Instance } from "./instance";

/**
 * Returns the instances of an Auto Scaling group as what a service consists of. AWS publishes no number of launches after which an instance
 * refresh stops; that the first failure stops it is our assumption.
 *
 * @param groupOf returns the group as it was applied with a revision
 */
export function instances(groupOf: (revision: object) => Group): TaskKind {
  return {
    noun: "instance",
    create: (task) => new Instance(groupOf(task.revision), task),
    failuresToStop: () => 1,
  };
}
