import { type Checks, formatValue } from "../../modules/core/checks";
import { type EnvironmentProblemCode } from "../problems";
import { type Environment, type EnvironmentOf } from "../schema";
import { type Draft } from "./draft";

interface Rule {
  readonly holds: boolean;
  readonly code: EnvironmentProblemCode;
  readonly prop: string;
  readonly expected: string;
  readonly got: unknown;
  readonly remedy: string;
}

/** Refuses settings that are not safe in the tier `production`. */
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
      expected: "an entrance with HTTPS",
      got: entrance?.kind,
      remedy: "Choose an entrance with a domain and a certificate.",
    },
    {
      holds: disposable !== true,
      code: "environments/disposable-production",
      prop: "disposable",
      expected: "false",
      got: disposable,
      remedy: "Set it to false: true turns off deletion protection and final snapshots.",
    },
  ];
}

const LOSES_MESSAGES = "Otherwise the failure of one zone loses messages.";

/** A missing field breaks no rule here: the schema reports it. */
function redundancy(environment: Draft<Environment>): Rule[] {
  const { availabilityZones, database } = environment;
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
    atLeast(2, "availabilityZones", zones, "Add a zone: the service must survive the failure of one."),
    atLeast(2, "database.instanceCount", instanceCount, LOSES_MESSAGES),
    {
      holds: multiAz !== false,
      code: "environments/production-in-one-zone",
      prop: "database.multiAz",
      expected: "true",
      got: multiAz,
      remedy: LOSES_MESSAGES,
    },
    ...redundancyOfPattern(environment, atLeast),
  ];
}

type AtLeast = (least: number, prop: string, got: number | undefined, remedy: string) => Rule;

function redundancyOfPattern(environment: Draft<Environment>, atLeast: AtLeast): Rule[] {
  if (environment.pattern === "app-runner") {
    return [
      {
        holds: false,
        code: "environments/production-in-one-zone",
        prop: "pattern",
        expected: "a pattern with at least two instances",
        got: environment.pattern,
        remedy: "App Runner carries Socket.IO on one instance only, and each failure of it is an outage: use fargate.",
      },
    ];
  }
  const { service, cache } = environment as Draft<EnvironmentOf<"fargate">>;
  return [
    atLeast(2, "service.minCount", service?.minCount, "With a single task, each failure of it is an outage."),
    atLeast(1, "cache.replicas", cache?.replicas, "Without a replica the cache cannot fail over."),
  ];
}

function recipients({ alarms }: Draft<Environment>): Rule {
  return {
    holds: alarms?.emails?.length !== 0,
    code: "environments/silent-production",
    prop: "alarms.emails",
    expected: "at least one address",
    got: alarms?.emails,
    remedy: "Add an address; otherwise nobody receives the alarms.",
  };
}
