import { DoesNotApply } from "../account/does-not-apply";
import { defineCheck } from "../check";
import { type Problem } from "../finding";

/** Without a circuit breaker, ECS starts a broken version again and again, for hours. */
export const circuitBreaker = defineCheck({
  name: "circuit-breaker",
  expects: "ECS gives up a deployment that fails, and returns to the version before",
  read: async (account) => {
    const { deploymentController, deploymentConfiguration } = await account.service();
    const { type = "ECS" } = deploymentController ?? {};
    if (type !== "ECS") throw new DoesNotApply(`deployments are made by ${type}`);
    const { enable = false, rollback = false } = deploymentConfiguration?.deploymentCircuitBreaker ?? {};
    return { enable, rollback };
  },
  judge: ({ enable, rollback }): Problem[] => {
    if (enable && rollback) return [];
    return [
      {
        severity: "error",
        what: enable
          ? "The circuit breaker stops a failed deployment but does not return to the version before."
          : "The circuit breaker is off: nothing stops a deployment whose tasks do not start.",
        evidence: `deploymentCircuitBreaker: enable ${enable}, rollback ${rollback}`,
        impact:
          "A broken version stays, with fewer and fewer tasks of the old one after a scale-in or an interruption.",
        remedy: "Run `make deploy`, which turns both on.",
      },
    ];
  },
});
