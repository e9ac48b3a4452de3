import * as kind from "../core/kinds";
import { type WithDefaults } from "../core/props";
import { SECRET_VARIABLES, type SecretVariables } from "./secrets";

export interface Migration {
  /**
   * Brings the database's schema up to date and exits 0, for example `["node", "migrate.js"]`. Every task runs it when it
   * starts, several at once: it takes a lock, and does nothing when there is nothing to do.
   */
  readonly command: readonly string[];
  /**
   * Variables of this container alone; they take precedence over the app's `environment`, which it also receives.
   * @default none
   */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /**
   * Secret variables of this container alone, such as the master user's password. It does not receive the app's `secrets`.
   * @default none
   */
  readonly secrets?: SecretVariables | undefined;
  /**
   * Seconds until an unfinished migration fails the task, 2 to 120: Fargate waits no longer. Run what takes longer (an index on a
   * large table) before the deploy, with `aws ecs run-task` and this command.
   * @default 120
   */
  readonly timeoutSec?: number | undefined;
}

export const migrationDefaults = {
  environment: {},
  secrets: {},
  timeoutSec: 120,
} as const satisfies Partial<Migration>;

export type CompleteMigration = WithDefaults<Migration, typeof migrationDefaults>;

export const MIGRATION_PROPS: kind.Shape<Migration> = {
  command: kind.array(kind.string),
  environment: kind.record(kind.string),
  secrets: SECRET_VARIABLES,
  timeoutSec: kind.number,
};

export const MIGRATION_CONTAINER = "migration";

/** How long Fargate waits at most for a container that another depends on, in seconds. Source: ECS API reference, ContainerDefinition.startTimeout. */
export const FARGATE_MAX_START_TIMEOUT_SEC = 120;
