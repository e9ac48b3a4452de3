import { applied } from "../__tests__/twin/applied";
import { type Twin } from "../tools/twin/twin";

/** The app's own time for leaving; the topology of the tests has less. */
const STOP_SEC = 65;
/** A busy machine may take long to start a task. */
const GRACE_SEC = 90;

/** What was applied for dev, with the quicker clocks of the twin's tests. */
export const topology = applied({
  app: { stopTimeout: STOP_SEC },
  service: { health_check_grace_period_seconds: GRACE_SEC },
});

/** The database that was applied, for whoever asks the server itself. */
export function databaseOf(twin: Twin): string {
  return twin.topology.database?.name ?? "";
}
