import { readFileSync } from "node:fs";
import { join } from "node:path";
import { awsErrorInWords } from "../aws/errors";
import { identityIn } from "../aws/identity";
import { readTarget } from "../deploy/target/read-target";
import { type Json } from "../terraform/json";
import { STACK_FILE } from "../terraform/stacks";
import { Account } from "./account/account";
import { Unanswered } from "./account/ask";
import { systemNameServer } from "./account/name-server";
import { type Check } from "./check";
import { stateDrift } from "./checks/state-drift";
import { doctorClients } from "./clients";
import { DOCTOR_CHECKS } from "./doctor-checks";
import { DoctorError } from "./errors";
import { chooseChecks, type Options, parseCommand, parseOptions } from "./options";
import { EXIT, exitCodeOf, renderFindings, renderOutcome, type Report } from "./report";
import { runChecks } from "./run-checks";
import { DeclaredStack } from "./stack/declared";
import { type CommandName, usageOf } from "./usage";
import { verifyChecks } from "./verify-checks";

type Print = (text: string) => void;

/**
 * Runs a command line, such as `doctor dev --json`, and returns its exit code.
 * @throws UserError in words for everything that a person can correct
 */
export async function diagnose([word, ...args]: readonly string[], print: Print): Promise<number> {
  const command = parseCommand(word);
  if (command === undefined || args.includes("--help") || args.includes("-h")) {
    print(usageOf(command));
    return EXIT.healthy;
  }
  try {
    return await run(command, parseOptions(command, args), print);
  } catch (error) {
    throw awsErrorInWords(error);
  }
}

async function run(command: CommandName, options: Options, print: Print): Promise<number> {
  const checks = chooseChecks(checksOf(command, options), options);
  const account = accountOf(options);
  const { stack, accountId, region } = account.target;
  await identityIn(account.aws.sts, accountId, stack);
  if (command === "doctor") await requireDeployed(account);
  if (!options.json) print(`${command} ${stack} (account ${accountId}, ${region})`);
  const width = Math.max(...checks.map(({ name }) => name.length));
  const outcomes = await runChecks(account, checks, (outcome) => {
    if (!options.json) print(renderOutcome(outcome, width));
  });
  const report: Report = { command, stack, accountId, region, outcomes };
  print(options.json ? JSON.stringify(report, undefined, 2) : `\n${renderFindings(outcomes)}`);
  return exitCodeOf(outcomes);
}

function checksOf(command: CommandName, { image, plan, endpoint }: Options): readonly Check[] {
  if (command === "verify") return verifyChecks(image);
  return plan ? [...DOCTOR_CHECKS, stateDrift(endpoint)] : DOCTOR_CHECKS;
}

/** When AWS does not say, the checks do. */
async function requireDeployed(account: Account): Promise<void> {
  const { stack, clusterName, serviceName } = account.target;
  try {
    if ((await account.deployedService()) !== undefined) return;
  } catch (error) {
    if (error instanceof Unanswered) return;
    throw error;
  }
  throw new DoctorError(
    `${stack}: expected the service ${serviceName} in the cluster ${clusterName}, found none: nothing is deployed there. Run \`make deploy\`.`,
  );
}

/** Returns the account of an environment for the checks, by its synthesized stack. */
export function accountOf({ out, environment, endpoint }: Pick<Options, "out" | "environment" | "endpoint">): Account {
  const target = readTarget(out, environment);
  const stack = new DeclaredStack(JSON.parse(readFileSync(join(target.folder, STACK_FILE), "utf8")) as Json);
  const aws = doctorClients({ region: target.region, endpoint });
  return new Account({ target, stack, aws, names: systemNameServer, now: () => Date.now() });
}
