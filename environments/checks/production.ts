import { type Checks, formatValue } from "../../modules/core/checks";
import { type Environment } from "../schema";
import { type Draft } from "./draft";

/** Applies the rules of the tier `production`, which no environment should have to state. */
export function checkProduction(checks: Checks, environment: Draft<Environment>): void {
  const { entrance, service, database, cache, alarms, disposable, availabilityZones } = environment;
  const must = (holds: boolean, prop: string, expected: string, got: unknown, remedy: string) =>
    checks.require(holds, { prop, expected: `${expected} in production`, got: formatValue(got), remedy });
  const atLeast = (count: number | undefined, least: number, prop: string, remedy: string) =>
    must(!(count !== undefined && count < least), prop, `at least ${least}`, count, remedy);

  must(entrance?.kind !== "insecure-http", "entrance", "https", entrance?.kind, "Give it a domain and a certificate.");
  must(disposable !== true, "disposable", "false", disposable, "It turns off deletion protection and final snapshots.");
  must(
    !(availabilityZones && availabilityZones.length < 2),
    "availabilityZones",
    "at least 2 zones",
    availabilityZones?.length,
    "A failed zone must not take the service with it.",
  );
  atLeast(service?.minCount, 2, "service.minCount", "One task is an outage at every failure.");
  const zoneLost = "A failed zone would take the messages with it.";
  if (database?.engine === "aurora-postgresql") {
    atLeast(database.instanceCount, 2, "database.instanceCount", zoneLost);
  } else if (database !== undefined && "multiAz" in database) {
    must(database.multiAz !== false, "database.multiAz", "true", database.multiAz, zoneLost);
  }
  atLeast(cache?.replicas, 1, "cache.replicas", "Without a replica there is nothing to fail over to.");
  must(
    alarms?.emails?.length !== 0,
    "alarms.emails",
    "at least one address",
    alarms?.emails,
    "Otherwise nobody receives the alarms.",
  );
}
