import { type Image } from "../../../tools/twin/tasks/image";
import { percentile } from "../../shared/statistics";
import { type Fault } from "../fault";
import { withMigration, withServer } from "../images";
import { type Stage } from "../stage";

async function untilRolledBack({ twin }: Stage, image: Image): Promise<void> {
  await twin.deploy({ image });
  await twin.until(({ steady, deployments }) => steady && deployments[0]?.isRollback === true, 180_000);
}

/** Longest acceptable period without a connection in a deployment. */
const GAP_MS = 3000;

/** Faults during deployments. */
export const deploymentFaults: readonly Fault[] = [
  {
    name: "redeployed",
    what: "the same version is deployed again: two new tasks start, then the old ones drain",
    act: (stage) => stage.deploy(stage.built),
  },
  {
    name: "redeployed-under-500",
    what: "the same version is deployed again while 100 clients write 500 messages per second, timed",
    crowd: { visitors: 80, agents: 20, ratePerSec: 500 },
    act: async (stage) => {
      const { crowd } = stage;
      const begin = crowd.journal.now();
      await stage.deploy(stage.built);
      const absences = crowd.absencesSince(begin);
      if (absences.length === 0)
        throw new Error("expected clients to lose their connection while the tasks were replaced, but none did");
      const gotMs = percentile(absences, 0.99);
      stage.measured({ what: "p99 of the time without a connection in a rolling deployment", gotMs, atMostMs: GAP_MS });
    },
  },
  {
    name: "redeployed-and-back",
    what: "the next version with a migration that expands the schema is deployed, then the old one again",
    act: async (stage) => {
      const next = withMigration(stage.built, "next", "alter table message add column edited_at timestamptz;");
      await stage.deploy(next);
      await stage.wait(2);
      await stage.deploy(stage.built);
    },
  },
  {
    name: "broken-image",
    what: "a version that exits at start is deployed; the circuit breaker rolls back",
    deadly: true,
    act: (stage) => untilRolledBack(stage, withServer(stage.built, "broken", "process.exit(1);")),
  },
  {
    name: "failed-migration",
    what: "a version with a failing migration is deployed; the circuit breaker rolls back",
    deadly: true,
    act: (stage) => untilRolledBack(stage, withMigration(stage.built, "failing", "select 1 / 0;")),
  },
];
