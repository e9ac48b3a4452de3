import { awsClients } from "../aws/clients";
import { awsErrorInWords } from "../aws/errors";
import { identityIn } from "../aws/identity";
import { parseFindings } from "../plan-report/findings";
import { output } from "../programs/output";
import { deploy } from "./commands/deploy";
import { image } from "./commands/image";
import { logs, parseSince } from "./commands/logs";
import { renderStatus } from "./commands/render-status";
import { rollback } from "./commands/rollback";
import { readStatus } from "./commands/status";
import { confirmOn } from "./confirm";
import { type Context } from "./context";
import { findBuilder } from "./image/builder";
import { environmentOf, parseCommand, parseOptions, parseRevision } from "./options";
import { systemClock } from "./service/system-clock";
import { synthesize } from "./synthesize";
import { readTarget } from "./target/read-target";
import { type CommandName, usageOf } from "./usage";

/** A person said no, or the service is not steady. */
const NOT_DONE = 2;
const DONE = 0;

type Print = (text: string) => void;

/** Each returns the exit code. */
const RUN: Readonly<Record<CommandName, (args: readonly string[], print: Print) => Promise<number>>> = {
  async image(args, print) {
    const { values, positionals } = parseOptions("image", args);
    const context = await contextOf(values, environmentOf("image", positionals), { yes: true, print });
    const tag = values.tag ?? (await currentCommit());
    const { env } = process;
    const { context: folder, existing, sbom: sbomFolder, sign } = values;
    await image(context, { builder: findBuilder(env), env, tag, context: folder, existing, sbomFolder, sign });
    return DONE;
  },
  async deploy(args, print) {
    const { values, positionals } = parseOptions("deploy", args);
    const environment = environmentOf("deploy", positionals);
    const failOn = parseFindings(values["fail-on"]);
    if (!values["no-synth"]) await synthesize(values.out, print);
    const context = await contextOf(values, environment, { yes: values.yes, print });
    const { image: given, endpoint, accept: accepted = [] } = values;
    const planOnly = values["plan-only"];
    return exitCode(await deploy(context, { image: given, endpoint, failOn, accepted, planOnly }));
  },
  async status(args, print) {
    const { values, positionals } = parseOptions("status", args);
    const status = await readStatus(
      await contextOf(values, environmentOf("status", positionals), { yes: true, print }),
    );
    print(values.json ? JSON.stringify(status, undefined, 2) : renderStatus(status));
    return exitCode(status.steady);
  },
  async rollback(args, print) {
    const { values, positionals } = parseOptions("rollback", args);
    const to = parseRevision(values.to);
    const context = await contextOf(values, environmentOf("rollback", positionals), { yes: values.yes, print });
    return exitCode(await rollback(context, { to }));
  },
  async logs(args, print) {
    const { values, positionals } = parseOptions("logs", args);
    const sinceMs = parseSince(values.since);
    const context = await contextOf(values, environmentOf("logs", positionals), { yes: true, print });
    const { container, filter, follow } = values;
    // Ctrl-C ends the process, and with it the waiting.
    await logs(context, { container, filter, sinceMs, follow: follow ? new AbortController().signal : undefined });
    return DONE;
  },
};

/**
 * Runs a command line, such as `status dev --json`, and returns its exit code.
 * @throws UserError in words for everything that a person can correct
 */
export async function operate([word, ...args]: readonly string[], print: Print): Promise<number> {
  const command = parseCommand(word);
  if (command === undefined || args.includes("--help") || args.includes("-h")) {
    print(usageOf(command));
    return DONE;
  }
  try {
    return await RUN[command](args, print);
  } catch (error) {
    throw awsErrorInWords(error);
  }
}

/** Reads the environment's target and checks that the credentials are those of its account. */
async function contextOf(
  { out, endpoint }: { readonly out: string; readonly endpoint?: string | undefined },
  environment: string,
  { yes, print }: { readonly yes: boolean; readonly print: Print },
): Promise<Context> {
  const target = readTarget(out, environment);
  const aws = awsClients({ region: target.region, endpoint });
  await identityIn(aws.sts, target.accountId, target.stack);
  const confirm = confirmOn({ input: process.stdin, output: process.stdout }, yes);
  return { target, aws, clock: systemClock, print, confirm };
}

async function currentCommit(): Promise<string> {
  return (await output("git", ["rev-parse", "--short=12", "HEAD"])).trim();
}

function exitCode(isDone: boolean): number {
  return isDone ? DONE : NOT_DONE;
}
