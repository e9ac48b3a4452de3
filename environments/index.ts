import { checkTogether } from "./check-together";
import { dev } from "./dev";
import { type Environment } from "./environment";
import { prod } from "./prod";

/** Every environment that `main.ts` synthesizes, in the order in which a release goes through them. */
export const environments: readonly Environment[] = checkTogether([dev, prod]);

/** ECR, shared by all environments: one image is built once and promoted. It lives in one account and region. */
export const registry = {
  accountId: "123456789012",
  region: "ap-northeast-1",
  state: { bucket: "messenger-crm-terraform-state" },
} as const;

export { type Environment } from "./environment";
