import { type Fault } from "../fault";
import { clientFaults } from "./clients";
import { clockFaults } from "./clocks";
import { conversationFaults } from "./conversations";
import { databaseFaults } from "./database";
import { deploymentFaults } from "./deployments";
import { handOutFaults } from "./fan-out";
import { heavyReaderFaults } from "./heavy-reader";
import { instanceFaults } from "./instances";
import { networkFaults } from "./network";
import { pairsOf } from "./pairs";
import { redisFaults } from "./redis";
import { stormFaults } from "./reconnect-storm";
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
  ...conversationFaults,
  ...heavyReaderFaults,
  ...stormFaults,
  ...instanceFaults,
];

/** The fault matrix: single faults, then pairs. */
export const FAULTS: readonly Fault[] = [...SINGLE, ...pairsOf(SINGLE)];

/** @throws Error with the known names */
export function find(name: string): Fault {
  const fault = FAULTS.find((candidate) => candidate.name === name);
  if (fault) return fault;
  throw new Error(`fault: expected one of ${FAULTS.map((each) => each.name).join(", ")}, got ${name}.`);
}
