/** `make twin`, and the commands for a running twin. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "../command-line/run-command";
import { COMMANDS, isStatus } from "./control/commands";
import { call, findTwin } from "./control/client";
import { TwinError } from "./errors";
import { printLogs } from "./terminal/logs";
import { up } from "./terminal/up";
import { renderStatus } from "./terminal/view";

const PROGRAM = "node --import tsx tools/twin/cli.ts";
const OPTIONS = {
  env: { type: "string" },
  port: { type: "string", default: "8080" },
  build: { type: "string" },
  image: { type: "string" },
  "no-watch": { type: "boolean", default: false },
  follow: { type: "boolean", short: "f", default: false },
  force: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

async function main(): Promise<void> {
  const { values, positionals } = parse();
  const [name, ...args] = positionals;
  if (values.help || name === undefined) {
    console.log(usage());
  } else if (name === "up") {
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new TwinError(`--port: expected 1 to 65535, got ${values.port}.`);
    }
    if (values.build !== undefined && values.image !== undefined) {
      throw new TwinError(
        "--build and --image: expected one of them. A build runs as processes, an image in containers.",
      );
    }
    const environment = values.env ?? "dev";
    const source = values.image === undefined ? { build: values.build ?? "app/dist/image" } : { image: values.image };
    await up({ environment, source, port, watch: !values["no-watch"], terminal: process.stdout });
  } else if (name === "logs") {
    const folder = resolve(".twin", values.env ?? "dev", "logs");
    await printLogs(folder, args[0], { follow: values.follow, print: (line) => console.log(line) });
  } else {
    const answer = await call(findTwin(values.env), { name, args: values.force ? [...args, "--force"] : args });
    const forPeople = !values.json && isStatus(answer);
    if (forPeople) console.log(renderStatus(answer).join("\n"));
    else console.log(typeof answer === "string" ? answer : JSON.stringify(answer, undefined, 2));
  }
}

function parse() {
  try {
    return parseArgs({ allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new TwinError(`${(error as Error).message}\n\n${usage()}`);
  }
}

function usage(): string {
  const own: readonly (readonly [string, string])[] = [
    [
      "up [--env dev] [--port 8080] [--build app/dist/image | --image <name>] [--no-watch]",
      "Start a twin in the foreground; tasks are processes of a build, or containers of an image in podman's storage",
    ],
    ["logs [task] [--follow]", "Print the output of containers"],
  ];
  const others = Object.values(COMMANDS).map((command) => [command.usage, command.meaning] as const);
  const lines = [...own, ...others].map(([command, meaning]) => `  ${command}\n      ${meaning}`);
  return [`usage: ${PROGRAM} <command> [--env <environment>]`, "", ...lines].join("\n");
}

void runCommand(main);
