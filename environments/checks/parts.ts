import { cacheDefaults } from "../../modules/cache/defaults";
import { validateCache } from "../../modules/cache/validation/cache";
import { Checks } from "../../modules/core/checks";
import { ConfigurationError } from "../../modules/core/configuration-error";
import { type Problem } from "../../modules/core/problem";
import { databaseDefaults } from "../../modules/database/defaults";
import { validateDatabase } from "../../modules/database/validation/database";
import { checkBounds } from "../../modules/ecs/validation/autoscaling";
import { appRunnerServiceDefaults } from "../../modules/app-runner-service/defaults";
import { checkInstanceSize, checkMaxConcurrency } from "../../modules/app-runner-service/validation/instances";
import { checkTaskSize } from "../../modules/ecs/validation/task-size";
import { networkDefaults } from "../../modules/network/defaults";
import { validateNetwork } from "../../modules/network/validation/network";
import { checkEnvironmentInstances } from "./instances";
import { type Environment, type EnvironmentOf, type EnvironmentWithCache } from "../schema";

/** Stands for what the stack makes; only the environment's own fields are judged. */
const NAME = "environment";
const NETWORK = {
  vpcId: "vpc-00000000000000000",
  isolatedSubnetIds: ["subnet-00000000000000000", "subnet-00000000000000001"],
};

/**
 * Returns the problems of every part of an environment, by the rules of the module whose props it becomes. Without it, a synth would
 * report those of the first construct alone, under the names of its props.
 */
export function problemsOfParts(environment: Environment): readonly Problem[] {
  const { availabilityZones, cidrBlock, egress, natInstance, ipv6, database } = environment;
  const network = { availabilityZones, cidrBlock, egress, natInstance, ...(ipv6 === undefined ? {} : { ipv6 }) };
  return [
    ...problemsOf("", (checks) => validateNetwork(checks, { ...networkDefaults, name: NAME, ...network })),
    ...problemsOf("database.", (checks) =>
      validateDatabase(checks, {
        ...databaseDefaults,
        name: NAME,
        network: NETWORK,
        ...database,
        engine: database.engine ?? "postgres",
      }),
    ),
    ...problemsOfPattern(environment),
  ];
}

function problemsOfPattern(environment: Environment): readonly Problem[] {
  switch (environment.pattern) {
    case "fargate":
    case "ec2":
      return problemsWithCache(environment);
    case "app-runner":
      return problemsOfAppRunner(environment);
    default:
      return environment satisfies never;
  }
}

function problemsWithCache(environment: EnvironmentWithCache): readonly Problem[] {
  const { cache } = environment;
  return [
    ...problemsOf("cache.", (checks) =>
      validateCache(checks, {
        ...cacheDefaults,
        name: NAME,
        network: NETWORK,
        ...cache,
        kind: cache.kind ?? "replication-group",
      }),
    ),
    ...problemsOf("service.", (checks) => {
      checkService(checks, environment);
      checks.throwIfInvalid();
    }),
  ];
}

function checkService(checks: Checks, environment: EnvironmentWithCache): void {
  if (environment.pattern === "ec2") return checkEnvironmentInstances(checks, environment.service);
  checkTaskSize(checks, environment.service);
  checkBounds(checks, "", environment.service);
}

function problemsOfAppRunner({ egress, service }: EnvironmentOf<"app-runner">): readonly Problem[] {
  return [
    ...problemsOf("", (checks) => {
      checks.require(egress !== "public-ip", {
        code: "app-runner-service/public-subnets",
        prop: "egress",
        expected: "an egress that needs no public address",
        got: "public-ip",
        remedy:
          "A VPC connector never has one: use a NAT, or vpc-endpoints when the application reaches nothing outside the VPC.",
      });
      checks.throwIfInvalid();
    }),
    ...problemsOf("service.", (checks) => {
      checkInstanceSize(checks, { ...appRunnerServiceDefaults, ...service });
      checkMaxConcurrency(checks, service?.maxConcurrency);
      checks.throwIfInvalid();
    }),
  ];
}

function problemsOf(prefix: string, validate: (checks: Checks) => void): readonly Problem[] {
  try {
    validate(new Checks(NAME));
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.map((problem) => ({ ...problem, prop: `${prefix}${problem.prop}` }));
  }
}
