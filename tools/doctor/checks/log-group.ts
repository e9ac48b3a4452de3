import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { type Account } from "../account/account";
import { ask } from "../account/ask";
import { defineCheck } from "../check";
import { type Problem } from "../finding";

/** A container that cannot write its log does not start. */
export const logGroup = defineCheck({
  name: "log-group",
  expects: "the containers' log groups exist, and the application's is the one that filters and alarms read",
  read: async (account) => {
    const { containers, revision } = await account.running();
    const groups = containers.map(({ logConfiguration }) => logConfiguration?.options?.["awslogs-group"]);
    const names = [...new Set(groups.flatMap((name) => name ?? []))];
    const existing = await Promise.all(names.map((name) => exists(account, name)));
    return {
      revision,
      expected: account.target.logGroupName,
      names,
      missing: names.filter((_, index) => !existing[index]),
    };
  },
  judge: ({ revision, expected, names, missing }) => [
    ...missing.map((name): Problem => ({
      severity: "error",
      what: `The log group ${name} does not exist.`,
      evidence: `revision ${revision} writes to it; DescribeLogGroups does not find it`,
      impact: "No task can start: the next deployment, scale-out or restart fails. Logs of running tasks are lost.",
      remedy: "Run `make deploy`, which creates it.",
    })),
    ...(names.includes(expected) ? [] : [elsewhere(revision, expected, names)]),
  ],
});

function elsewhere(revision: number, expected: string, names: readonly string[]): Problem {
  return {
    severity: "warning",
    what: "The running containers write to another log group than the stack's.",
    evidence: `revision ${revision} writes to ${names.join(", ") || "none"}; the stack has ${expected}`,
    impact: "Metric filters and `make logs` see nothing.",
    remedy: "Run `make deploy`, or correct the task definition that the pipeline registers.",
  };
}

async function exists({ aws }: Account, name: string): Promise<boolean> {
  const query = new DescribeLogGroupsCommand({ logGroupNamePrefix: name });
  const { logGroups = [] } = await ask("logs:DescribeLogGroups", aws.logs.send(query));
  return logGroups.some(({ logGroupName }) => logGroupName === name);
}
