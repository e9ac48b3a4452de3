import { awsClients } from "../aws/clients";
import { awsErrorInWords } from "../aws/errors";
import { identityIn } from "../aws/identity";
import { parseFindings } from "../plan-report/findings";
import { output } from "../programs/output";
import { type TerraformEvent } from "../terraform/events";
import { forgeOf, repositoryOfOrigin } from "./bootstrap/forge";
import { readNeeds } from "./bootstrap/read-stacks";
import { bootstrap } from "./commands/bootstrap";
import { deploy } from "./commands/deploy";
import { destroy } from "./commands/destroy";
import { image } from "./commands/image";
import { logs, parseSince } from "./commands/logs";
import { migrate } from "./commands/migrate";
import { renderStatus } from "./commands/render-status";
import { rollback } from "./commands/rollback";
import { scale } from "./commands/scale";
import { listSecrets, renderSecrets, rotateSecret, setSecret } from "./commands/secrets";
import { readStatus } from "./commands/status";
import { askNameOn, confirmOn, type Terminal } from "./confirm";
import { type Context } from "./context";
import { DeployError } from "./errors";
import { findBuilder } from "./image/builder";
import { untilInterrupted } from "./interrupt";
import { environmentOf, noArgument, parseCommand, parseCount, parseOptions, parseRevision } from "./options";
import { readValue } from "./secrets/read-value";
import { type RotationKind } from "./secrets/rotation";
import { systemClock } from "./service/system-clock";
import { synthesize } from "./synthesize";
import { readTarget } from "./target/read-target";
import { resourceLine } from "./terraform/resource-line";
import { type StackFolder, TerraformSession } from "./terraform/session";
import { type CommandName, usageOf } from "./usage";

/** A person said no, or the service is not steady. */
const NOT_DONE = 2;
const DONE = 0;

const TERMINAL: Terminal = { input: process.stdin, output: process.stdout };
const SECRET_VERBS = ["list", "set", "rotate"];

type Print = (text: string) => void;

/** Each returns the exit code. */
const RUN: Readonly<Record<CommandName, (args: readonly string[], print: Print) => Promise<number>>> = {
  async bootstrap(args, print) {
    const { values, positionals } = parseOptions("bootstrap", args);
    noArgument("bootstrap", positionals);
    const { out, endpoint, branch, gitlab, check, json } = values;
    // With --json, standard output holds the report alone.
    const say: Print = json ? (text) => console.error(text) : print;
    const repository = values.repository ?? (gitlab === undefined ? await repositoryOfOrigin() : undefined);
    if (repository === undefined && !values["no-ci"]) {
      say("The pipeline's roles are left out: the remote origin is not on GitHub. Pass --repository.");
    }
    const forge = values["no-ci"] || repository === undefined ? undefined : forgeOf({ repository, branch, gitlab });
    if (!values["no-synth"]) await synthesize(out, say);
    const clientsIn = (region: string) => awsClients({ region, endpoint });
    const confirm = confirmOn(json ? { ...TERMINAL, output: process.stderr } : TERMINAL, values.yes);
    const terraform = (target: StackFolder) => TerraformSession.start({ target, endpoint, onEvent: printing(say) });
    const report = await bootstrap(
      { print: say, confirm, clientsIn },
      {
        stacks: readNeeds(out),
        forge,
        kmsKeyArn: values["kms-key"],
        checkOnly: check,
        terraform: values["no-registry"] ? undefined : terraform,
      },
    );
    if (json) print(JSON.stringify(report, undefined, 2));
    return exitCode(report.ready);
  },
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
  async migrate(args, print) {
    const { values, positionals } = parseOptions("migrate", args);
    const context = await contextOf(values, environmentOf("migrate", positionals), { yes: values.yes, print });
    return exitCode(await untilInterrupted((signal) => migrate(context, { image: values.image, signal })));
  },
  async scale(args, print) {
    const { values, positionals } = parseOptions("scale", args);
    const [min, max, desired] = (["min", "max", "desired"] as const).map((name) => parseCount(name, values[name]));
    const context = await contextOf(values, environmentOf("scale", positionals), { yes: values.yes, print });
    return exitCode(await scale(context, { min, max, desired, reset: values.reset }));
  },
  async secrets(args, print) {
    const { values, positionals } = parseOptions("secrets", args);
    const [environment, verb = "list", name, ...others] = positionals;
    const given = others.length > 0 ? "more arguments. A value goes to standard input" : positionals.slice(1).join(" ");
    const context = async () =>
      contextOf(values, environmentOf("secrets", environment === undefined ? [] : [environment]), {
        yes: values.yes,
        print,
      });
    if (others.length > 0 || !SECRET_VERBS.includes(verb)) {
      // What follows a name may be a value, which must not be repeated.
      throw new DeployError(`secrets: expected list, set NAME or rotate NAME, got ${given}.\n\n${usageOf("secrets")}`);
    }
    if (verb === "list") {
      const rows = await listSecrets(await context());
      print(values.json ? JSON.stringify(rows, undefined, 2) : renderSecrets(rows));
      return exitCode(rows.every(({ state }) => state !== "missing" && state !== "empty"));
    }
    if (verb === "set") {
      const readValueOf = (of: string) => readValue(TERMINAL, of);
      return exitCode(await setSecret(await context(), { name, readValue: readValueOf, deploy: !values["no-deploy"] }));
    }
    return exitCode(await rotateSecret(await context(), { name, kind: rotationKind(values) }));
  },
  async destroy(args, print) {
    const { values, positionals } = parseOptions("destroy", args);
    const environment = environmentOf("destroy", positionals);
    const { out, endpoint } = values;
    if (!values["no-synth"]) await synthesize(out, print);
    const context = await contextOf(values, environment, { yes: false, print });
    const { target } = context;
    return exitCode(
      await destroy(context, {
        terraform: () => TerraformSession.start({ target, endpoint, onEvent: printing(print) }),
        deleteData: values["delete-data"],
        whatStays: "The image repository and the state's bucket, with the earlier states, stay.",
        askName: askNameOn(TERMINAL, values.confirm),
        clientsIn: (region) => awsClients({ region, endpoint }),
      }),
    );
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
  const confirm = confirmOn(TERMINAL, yes);
  return { target, aws, clock: systemClock, print, confirm };
}

/** Prints what Terraform does. */
function printing(print: Print) {
  return (event: TerraformEvent): void => {
    const line = resourceLine(event);
    if (line !== undefined) print(`  ${line}`);
  };
}

function rotationKind({ finish, revoke }: { readonly finish: boolean; readonly revoke: boolean }): RotationKind {
  if (finish && revoke) throw new DeployError("rotate: expected --finish or --revoke, got both.");
  if (finish) return "finish";
  return revoke ? "revoke" : "soft";
}

async function currentCommit(): Promise<string> {
  return (await output("git", ["rev-parse", "--short=12", "HEAD"])).trim();
}

function exitCode(isDone: boolean): number {
  return isDone ? DONE : NOT_DONE;
}
