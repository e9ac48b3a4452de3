import { type ProblemCatalogue, type ProblemExplanation } from "../../modules/core/problem";
import { type Snippets } from "./snippets";

/** One area of docs/errors.md. */
export interface Area {
  readonly name: string;
  readonly catalogue: ProblemCatalogue;
  readonly snippets: Snippets;
  /** The error of each example by problem code. */
  readonly messages: ReadonlyMap<string, string>;
}

const INTRODUCTION = `# Errors

Invalid configuration is refused before a file is written. Every problem is one line with its place, the prop, what was expected, what it got,
what to do, and its code in parentheses at the end:

\`\`\`text
[<place>] <prop>: expected <what is accepted>, got <what was given>. <What to do.> (<code>)
\`\`\`

Search this page for the code. Each entry says what is wrong and why it is refused, and shows an example with the message that it causes. A test runs
every example. Most examples change one thing in valid props, which stand at the head of their section. \`as never\` marks a value that
TypeScript refuses; plain JavaScript and casts let it through.

<!-- Generated from the catalogues (\`problems.ts\`) and from \`__tests__/errors/examples\` by \`UPDATE_ERRORS=1 npx jest __tests__/errors\`. Do not edit. -->
`;

/** Writes docs/errors.md: a table of contents, and for each area its codes in the order of its catalogue. */
export function errorsDocument(areas: readonly Area[]): string {
  const contents = areas.map(
    ({ name, catalogue }) => `- [${name}](#${name}) (${Object.keys(catalogue).length}): ${ABOUT[name]}`,
  );
  return [INTRODUCTION, "## Contents", "", ...contents, "", ...areas.flatMap(sectionOf)].join("\n");
}

/** What each area covers, for the table of contents and the head of its section. */
export const ABOUT: Readonly<Record<string, string>> = {
  core: "Checks that all modules share: missing values, wrong types, names, ids, ARNs, CIDR blocks.",
  environments: "Environments, the files in `environments/`. The examples change `dev` and `prod`.",
  stacks: "Stacks that are made from an environment.",
  policies: "Rules that every synthesized stack must satisfy.",
  network: "VPC, subnets, NAT and endpoints.",
  "alb-websocket": "Load balancer, target groups and listener rules.",
  cdn: "CloudFront distribution.",
  "dns-certificate": "Hosted zone, certificates and alias records.",
  waf: "Web ACL and its rules.",
  "fargate-service": "Task sizes of Fargate; everything else about its tasks is in ecs.",
  "app-runner-service": "Instances of App Runner; variables and secrets are in ecs.",
  ecs: "Tasks of ECS: scaling, container, deployment, variables and secrets.",
  "scheduled-task": "Tasks on a schedule; what they share with services is in ecs.",
  "ec2-service": "Instances of EC2; what they share with tasks, such as variables and secrets, is in ecs.",
  database: "RDS and Aurora.",
  cache: "ElastiCache.",
  secrets: "Secrets Manager.",
  "encryption-key": "KMS key.",
  registry: "ECR repository.",
  "log-bucket": "S3 bucket for logs.",
  monitoring: "Alarms, topics, dashboard and log metrics.",
};

function sectionOf({ name, catalogue, snippets, messages }: Area): string[] {
  const shared = snippets.shared === "" ? [] : ["The examples use these values:", "", ...block("ts", snippets.shared)];
  const entries = Object.entries(catalogue).flatMap(([code, explanation]) =>
    entryOf(code, explanation, { snippet: snippets.byCode.get(code) ?? "", message: messages.get(code) ?? "" }),
  );
  return [`## ${name}`, "", ABOUT[name]!, "", ...shared, ...entries];
}

function entryOf(
  code: string,
  { summary, why }: ProblemExplanation,
  { snippet, message }: { readonly snippet: string; readonly message: string },
): string[] {
  return [`### ${code}`, "", summary, "", `Why: ${why}`, "", ...block("ts", snippet), ...block("text", message)];
}

function block(language: string, text: string): string[] {
  return [`\`\`\`${language}`, text, "```", ""];
}
