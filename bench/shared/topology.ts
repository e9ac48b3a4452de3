import { appliedInstances, appliedTopology } from "../../__tests__/twin/applied-topology";
import { type Topology } from "../../tools/twin/topology/topology";
import { type Twin } from "../../tools/twin/twin";

/** The app's real stop timeout; the tests' topology has a shorter one. */
const STOP_SEC = 65;
/** Long, because a busy machine starts tasks slowly. */
const GRACE_SEC = 90;

/** The applied dev topology, with the shorter intervals of the twin's tests. */
export const topology = appliedTopology({
  app: { stopTimeout: STOP_SEC },
  service: { health_check_grace_period_seconds: GRACE_SEC },
});

/** Pattern B with the same times: two instances of two processes each. */
const instances = appliedInstances({ group: { health_check_grace_period: GRACE_SEC } });

/** Returns the topology of a pattern of the deployment guide. */
export function topologyOf(pattern: "fargate" | "ec2" = "fargate"): Topology {
  return pattern === "ec2" ? instances : topology;
}

/** Returns the name of the applied database. */
export function databaseOf(twin: Twin): string {
  return twin.topology.database?.name ?? "";
}
