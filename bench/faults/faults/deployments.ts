import { type Image } from "../../../tools/twin/tasks/image";
import { percentile } from "../../statistics";
import { type Fault } from "../fault";
import { withMigration, withServer } from "../images";
import { type Stage } from "../stage";

async function untilRolledBack({ twin }: Stage, image: Image): Promise<void> {
  await twin.deploy({ image });
  await twin.until(({ steady, deployments }) => steady && deployments[0]?.isRollback === true, 180_000);
}

/** Longest that people notice of a deploy. */
const GAP_MS = 3000;

/** What happens when another version is rolled. */
export const deploymentFaults: readonly Fault[] = [
  {
    name: "rolled-anew",
    what: "the same version is rolled: two new tasks, then the old ones drain",
    act: (stage) => stage.deploy(stage.built),
  },
  {
    name: "rolled-under-500",
    what: "the same version is rolled while 100 people write 500 messages a second, timed",
    crowd: { visitors: 80, agents: 20, ratePerSec: 500 },
    act: async (stage) => {
      const { crowd } = stage;
      const begin = crowd.journal.now();
      await stage.deploy(stage.built);
      const absences = crowd.absencesSince(begin);
      if (absences.length === 0) throw new Error("the tasks were replaced, and nobody lost a connection");
      const gotMs = percentile(absences, 0.99);
      stage.measured({ what: "p99 of the time without a connection in a rolling deploy", gotMs, atMostMs: GAP_MS });
    },
  },
  {
    name: "rolled-forth-and-back",
    what: "the next version, with a migration that expands the schema, and back to the old one",
    act: async (stage) => {
      const next = withMigration(stage.built, "next", "alter table message add column edited_at timestamptz;");
      await stage.deploy(next);
      await stage.wait(2);
      await stage.deploy(stage.built);
    },
  },
  {
    name: "broken-image",
    what: "a version that exits when it starts; the circuit breaker rolls back",
    deadly: true,
    act: (stage) => untilRolledBack(stage, withServer(stage.built, "broken", "process.exit(1);")),
  },
  {
    name: "failed-migration",
    what: "a version whose migration fails; the circuit breaker rolls back",
    deadly: true,
    act: (stage) => untilRolledBack(stage, withMigration(stage.built, "failing", "select 1 / 0;")),
  },
];
