import { checkBetweenEnvironments } from "./checks/between-environments";
import { dev } from "./dev";
import { prod } from "./prod";
import { type Environment } from "./schema";

/** Every environment that `main.ts` synthesizes, in the order in which a release is promoted. */
export const environments: readonly Environment[] = checkBetweenEnvironments([dev, prod]);

/** Location of the image repository (ECR) that all environments share: an image is built once and promoted. */
export const registry = {
  accountId: "123456789012",
  region: "ap-northeast-1",
  state: { bucket: "messenger-crm-terraform-state" },
} as const;

export {
  type Environment,
  type EnvironmentBehindLoadBalancer,
  type EnvironmentOf,
  type EnvironmentWithCache,
} from "./schema";
