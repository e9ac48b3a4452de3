import { type Checks, formatValue } from "../modules/core/checks";
import { type Environment } from "./environment";

/** The rules of the tier `production`: what nobody should have to remember. */
export function checkProduction(checks: Checks, environment: Partial<Environment>): void {
  const { entrance, service, database, cache, alarms, disposable, availabilityZones } = environment;
  const must = (holds: boolean, prop: string, expected: string, got: unknown, remedy: string) =>
    checks.require(holds, { prop, expected: `${expected} in production`, got: formatValue(got), remedy });
  must(entrance?.kind !== "insecure-http", "entrance", "https", entrance?.kind, "Give it a domain and a certificate.");
  must(
    disposable !== true,
    "disposable",
    "false",
    disposable,
    "Deletion protection and final snapshots are what it turns off.",
  );
  must(
    !(availabilityZones && availabilityZones.length < 2),
    "availabilityZones",
    "at least 2 zones",
    availabilityZones?.length,
    "A failed zone must not take the service with it.",
  );
  must(
    !(service && service.minCount < 2),
    "service.minCount",
    "at least 2",
    service?.minCount,
    "One task is an outage at every failure.",
  );
  const lostZone = "A failed zone would take the messages with it.";
  if (database?.engine === "aurora-postgresql") {
    const { instanceCount } = database;
    must(!(instanceCount < 2), "database.instanceCount", "at least 2", instanceCount, lostZone);
  } else must(database?.multiAz !== false, "database.multiAz", "true", database?.multiAz, lostZone);
  must(
    !(cache && cache.replicas < 1),
    "cache.replicas",
    "at least 1",
    cache?.replicas,
    "Without a replica there is nothing to fail over to.",
  );
  must(
    // What was no list is missing here, and has its own refusal.
    alarms?.emails?.length !== 0,
    "alarms.emails",
    "at least one address",
    alarms?.emails,
    "An alarm that nobody hears is none.",
  );
}
