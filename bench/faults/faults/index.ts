import { type Fault } from "../fault";
import { clientFaults } from "./clients";
import { clockFaults } from "./clocks";
import { databaseFaults } from "./database";
import { deploymentFaults } from "./deployments";
import { handOutFaults } from "./hand-out";
import { networkFaults } from "./network";
import { pairsOf } from "./pairs";
import { redisFaults } from "./redis";
import { stormFaults } from "./storm";
import { taskFaults } from "./tasks";

const SINGLE: readonly Fault[] = [
  ...taskFaults,
  ...deploymentFaults,
  ...redisFaults,
  ...databaseFaults,
  ...networkFaults,
  ...handOutFaults,
  ...clockFaults,
  ...clientFaults,
  ...stormFaults,
];

/** The matrix: every fault by itself, then pairs. */
export const FAULTS: readonly Fault[] = [...SINGLE, ...pairsOf(SINGLE)];

/** @throws Error with the names that there are */
export function find(name: string): Fault {
  const fault = FAULTS.find((candidate) => candidate.name === name);
  if (fault) return fault;
  throw new Error(`no such fault: ${name}. There is ${FAULTS.map((each) => each.name).join(", ")}.`);
}
