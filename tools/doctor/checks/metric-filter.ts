import { DescribeMetricFiltersCommand, TestMetricFilterCommand } from "@aws-sdk/client-cloudwatch-logs";
import { contract } from "../../../app/contract";
import { type Account } from "../account/account";
import { ask, askIfPresent } from "../account/ask";
import { DoesNotApply } from "../account/does-not-apply";
import { defineCheck } from "../check";
import { type Problem } from "../finding";
import { type DeclaredFilter } from "../stack/declared";

const { connectedLine } = contract.logs;

/** A line of a new connection as the application writes it, and two that must not be counted. */
export const LINES = {
  counted: logLine(connectedLine),
  others: [logLine("[WebSocket] Client disconnected"), logLine("Client connected to the database")],
};

/** The shape of app/server/operations/log.ts. */
function logLine(msg: string): string {
  const bindings = { socket: "b1Zp0kHf3uPqAAAB", kind: "agent", userId: "018f2c1e-7b64-7c0d-9d3e-1a2b3c4d5e6f" };
  return JSON.stringify({
    level: "info",
    time: "2026-11-30T06:00:00.000Z",
    service: "messenger-crm",
    ...bindings,
    msg,
  });
}

interface Facts {
  readonly declared: DeclaredFilter;
  /** The pattern in the account; `undefined` when there is no such filter. */
  readonly pattern: string | undefined;
  /** Lines of LINES that the pattern matches. */
  readonly matched: readonly string[];
}

/** CloudWatch counts the lines that match, and says nothing when none ever does. */
export const metricFilter = defineCheck({
  name: "metric-filter",
  expects: "each metric filter of the stack exists, and matches the line that the application writes, and no other",
  read: async (account) => {
    const filters = account.stack.metricFilters();
    if (filters.length === 0) throw new DoesNotApply("the stack has no metric filter");
    return Promise.all(filters.map((declared) => read(account, declared)));
  },
  judge: (all) => all.flatMap(problems),
});

async function read({ aws }: Account, declared: DeclaredFilter): Promise<Facts> {
  const { logGroupName, name } = declared;
  const answer = await askIfPresent(
    "logs:DescribeMetricFilters",
    ["ResourceNotFoundException"],
    aws.logs.send(new DescribeMetricFiltersCommand({ logGroupName, filterNamePrefix: name })),
  );
  const pattern = answer?.metricFilters?.find(({ filterName }) => filterName === name)?.filterPattern;
  if (pattern === undefined) return { declared, pattern, matched: [] };
  const test = new TestMetricFilterCommand({
    filterPattern: pattern,
    logEventMessages: [LINES.counted, ...LINES.others],
  });
  const { matches = [] } = await ask("logs:TestMetricFilter", aws.logs.send(test));
  return { declared, pattern, matched: matches.flatMap(({ eventMessage }) => eventMessage ?? []) };
}

function problems({ declared: { name, logGroupName }, pattern, matched }: Facts): Problem[] {
  const impact = `The metric ${name} and what is drawn or alarmed by it show a number that is not the connections made.`;
  const remedy = "Run `make deploy`, which sets the stack's pattern.";
  if (pattern === undefined) {
    return [
      {
        severity: "warning",
        what: `The metric filter ${name} does not exist.`,
        evidence: `log group ${logGroupName}: no filter ${name}`,
        impact,
        remedy,
      },
    ];
  }
  const others = matched.filter((line) => line !== LINES.counted);
  if (matched.includes(LINES.counted) && others.length === 0) return [];
  return [
    {
      severity: "warning",
      what: matched.includes(LINES.counted)
        ? `The metric filter ${name} also counts other lines.`
        : `The metric filter ${name} does not match the line that the application writes.`,
      evidence: `pattern ${pattern}; tested by CloudWatch with ${others[0] ?? LINES.counted}`,
      impact,
      remedy,
    },
  ];
}
