import { type Checks, formatValue } from "../../modules/core/checks";
import { type EnvironmentProblemCode } from "../problems";
import { type Environment } from "../schema";
import { type Draft } from "./draft";

interface Rule {
  readonly holds: boolean;
  readonly code: EnvironmentProblemCode;
  readonly prop: string;
  readonly expected: string;
  readonly got: unknown;
  readonly remedy: string;
}

/** Applies the rules of the tier `production`, which no environment should have to state. */
export function checkProduction(checks: Checks, environment: Draft<Environment>): void {
  const rules = [...safety(environment), ...redundancy(environment), recipients(environment)];
  for (const { holds, code, prop, expected, got, remedy } of rules)
    checks.require(holds, { code, prop, expected: `${expected} in production`, got: formatValue(got), remedy });
}

function safety({ entrance, disposable }: Draft<Environment>): Rule[] {
  return [
    {
      holds: entrance?.kind !== "insecure-http",
      code: "environments/insecure-production",
      prop: "entrance",
      expected: "https",
      got: entrance?.kind,
      remedy: "Give it a domain and a certificate.",
    },
    {
      holds: disposable !== true,
      code: "environments/disposable-production",
      prop: "disposable",
      expected: "false",
      got: disposable,
      remedy: "It turns off deletion protection and final snapshots.",
    },
  ];
}

const ZONE_LOST = "A failed zone would take the messages with it.";

/** A field that is missing is reported as missing, and breaks no rule here. */
function redundancy({ availabilityZones, service, database, cache }: Draft<Environment>): Rule[] {
  const zones = availabilityZones?.length;
  const instanceCount = database?.engine === "aurora-postgresql" ? database.instanceCount : undefined;
  const multiAz = database !== undefined && "multiAz" in database ? database.multiAz : undefined;
  const atLeast = (least: number, prop: string, got: number | undefined, remedy: string): Rule => ({
    holds: got === undefined || got >= least,
    code: "environments/production-in-one-zone",
    prop,
    expected: `at least ${least}${prop === "availabilityZones" ? " zones" : ""}`,
    got,
    remedy,
  });
  return [
    atLeast(2, "availabilityZones", zones, "A failed zone must not take the service with it."),
    atLeast(2, "service.minCount", service?.minCount, "One task is an outage at every failure."),
    atLeast(2, "database.instanceCount", instanceCount, ZONE_LOST),
    {
      holds: multiAz !== false,
      code: "environments/production-in-one-zone",
      prop: "database.multiAz",
      expected: "true",
      got: multiAz,
      remedy: ZONE_LOST,
    },
    atLeast(1, "cache.replicas", cache?.replicas, "Without a replica there is nothing to fail over to."),
  ];
}

function recipients({ alarms }: Draft<Environment>): Rule {
  return {
    holds: alarms?.emails?.length !== 0,
    code: "environments/silent-production",
    prop: "alarms.emails",
    expected: "at least one address",
    got: alarms?.emails,
    remedy: "Otherwise nobody receives the alarms.",
  };
}
