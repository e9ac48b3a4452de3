import { stateDrift } from "./checks/state-drift";
import { DOCTOR_CHECKS } from "./doctor-checks";
import { verifyChecks } from "./verify-checks";

const COMMON = `
  --only LIST        only these checks: their names, with commas
  --skip LIST        all but these
  --json             print a JSON report on standard output, and nothing else there
  --out FOLDER       synth output folder (default cdktf.out)
  --endpoint URL     every AWS service is there instead, such as a simulator
  --help             this text

Exit codes: 0 no finding; 2 findings; 1 an error, or no finding but something that could not be checked.`;

/** What each command prints for --help, before its checks and the options that both have. */
const USAGE = {
  doctor: `usage: make doctor ENV=<environment> [ARGS="options"]

Looks at what runs in the AWS account, changes nothing, and says what is wrong, by what, what users notice, and what to do.

  --plan             also plan with Terraform (a minute, locks the state), to find what was changed beside it`,
  verify: `usage: make verify ENV=<environment> [IMAGE=<digest or tag>] [ARGS="options"]

Looks, before a deployment, whether what it needs is there, and changes nothing.

  --image NAME       digest or tag to deploy (default: the image that a deployment without one would run)`,
} as const;

export type CommandName = keyof typeof USAGE;
export const COMMANDS = Object.keys(USAGE) as CommandName[];

export function usageOf(command: CommandName | undefined): string {
  if (command === undefined) {
    return `usage: node --import tsx tools/doctor/cli.ts ${COMMANDS.join(" | ")} <environment> [options]

\`doctor --help\` and \`verify --help\` have the checks and options of each.`;
  }
  const checks = command === "doctor" ? [...DOCTOR_CHECKS, stateDrift(undefined)] : verifyChecks(undefined);
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.map(({ name, expects }) => `  ${name.padEnd(width)}  ${expects}`);
  return `${USAGE[command]}${COMMON}\n\nChecks, by what has to be so:\n\n${lines.join("\n")}`;
}
