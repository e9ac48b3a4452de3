import { defineCheck } from "../check";
import { type Problem } from "../finding";

const USABLE = ["available", "modifying", "snapshotting"];

/** Messages go from task to task through the cache. */
export const cache = defineCheck({
  name: "cache",
  expects: "the tasks use this environment's cache, over TLS, and it is available",
  read: async (account) => {
    const { revision } = await account.running();
    return { revision, url: await account.cacheUrl(), found: await account.cache() };
  },
  judge: ({ revision, url: { scheme, host }, found }) => {
    const problems: Problem[] = [];
    const evidence = `revision ${revision}: REDIS_URL is ${scheme}://…@${host}`;
    const impact = "Tasks do not hear each other: messages reach only the clients of the same task.";
    if (found === undefined) {
      return [
        {
          severity: "error",
          what: `No cache of this account and region has the address ${host}.`,
          evidence: `${evidence}; no replication group and no serverless cache has it as a primary or configuration endpoint`,
          impact,
          remedy:
            "The cache was replaced, or the variable is wrong: run `make deploy`, which sets the present address.",
        },
      ];
    }
    if (!USABLE.includes(found.status)) {
      problems.push({
        severity: "error",
        what: `The cache ${found.id} is ${found.status}.`,
        evidence: `ElastiCache: ${found.id} ${found.status}`,
        impact,
        remedy: `Wait if it is being changed: aws elasticache describe-events --source-identifier ${found.id}. See the runbook redis-failover.`,
      });
    }
    if (found.isEncryptedInTransit !== (scheme === "rediss")) {
      problems.push({
        severity: "error",
        what: found.isEncryptedInTransit
          ? "The cache accepts TLS only, but the tasks connect without."
          : `The cache ${found.id} does not encrypt connections.`,
        evidence: `${evidence}; in-transit encryption of ${found.id} is ${found.isEncryptedInTransit ? "on" : "off"}`,
        impact: `${impact} The tasks cannot connect at all.`,
        remedy: "Run `make deploy`, which sets both from the stack.",
      });
    } else if (!found.isEncryptedInTransit) {
      problems.push({
        severity: "error",
        what: `Messages and IAM tokens travel to the cache ${found.id} without encryption.`,
        evidence: `${evidence}; in-transit encryption of ${found.id} is off`,
        impact: "Whoever can read the network's traffic reads messages. ElastiCache accepts no IAM tokens without TLS.",
        remedy: "Run `make deploy`, which turns in-transit encryption on.",
      });
    }
    return problems;
  },
});
