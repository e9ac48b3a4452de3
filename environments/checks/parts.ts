import { cacheDefaults } from "../../modules/cache/defaults";
import { validateCache } from "../../modules/cache/validation/cache";
import { Checks } from "../../modules/core/checks";
import { ConfigurationError } from "../../modules/core/configuration-error";
import { type Problem } from "../../modules/core/problem";
import { databaseDefaults } from "../../modules/database/defaults";
import { validateDatabase } from "../../modules/database/validation/database";
import { checkBounds } from "../../modules/ecs/validation/autoscaling";
import { checkTaskSize } from "../../modules/fargate-service/validation/task-size";
import { networkDefaults } from "../../modules/network/defaults";
import { validateNetwork } from "../../modules/network/validation/network";
import { checkEnvironmentInstances } from "./instances";
import { type Environment } from "../schema";

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
  const { availabilityZones, cidrBlock, egress, natInstance, ipv6, database, cache } = environment;
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

function checkService(checks: Checks, environment: Environment): void {
  if (environment.pattern === "ec2") return checkEnvironmentInstances(checks, environment.service);
  checkTaskSize(checks, environment.service);
  checkBounds(checks, "", environment.service);
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
