/** `make ci-…`: the steps of a pipeline that are more than one command. See docs/ci.md. */
import { runCommand } from "../command-line/run-command";
import { CiError } from "./errors";
import { type Options, parseOptions, USAGE } from "./options";

type Command = (options: Options) => Promise<void>;

/** Loaded when they run: a comment needs no AWS SDK. */
const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ["plan", async () => (await import("./commands/plan.js")).planCommand],
  ["save", async () => (await import("./commands/save.js")).saveCommand],
  ["apply", async () => (await import("./commands/apply.js")).applyCommand],
  ["image", async () => (await import("./commands/image.js")).imageCommand],
  ["comment", async () => (await import("./commands/comment.js")).commentCommand],
  ["issue", async () => (await import("./commands/issue.js")).issueCommand],
]);

async function main(): Promise<void> {
  const [name = "", ...rest] = process.argv.slice(2);
  if (["--help", "-h"].includes(name)) return console.log(USAGE);
  const options = parseOptions(rest);
  if (options.help) return console.log(USAGE);
  const load = COMMANDS.get(name);
  if (load === undefined) throw new CiError(`${name || "no command"}: expected a command.\n\n${USAGE}`);
  const command = await load();
  await command(options);
}

void runCommand(main);
