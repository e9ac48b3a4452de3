import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readPage } from "../docs/markdown";
import { ROOT } from "../helpers/run-program";
import { shell, type ShellResult } from "../helpers/shell";
import { REGION, type SimulatedAccount } from "./simulated-account";

/** Runs the repository's make for dev on the simulator, and answers each question with yes. */
const MAKE = `#!/bin/sh
arguments="--out $DOCUMENTED_OUT --endpoint $AWS_ENDPOINT_URL --yes"
test "$1" = deploy && arguments="$arguments --no-synth"
for word; do
  shift
  case $word in
    ENV=*) ;;
    ARGS=*) arguments="$arguments \${word#ARGS=}" ;;
    *) set -- "$@" "$word" ;;
  esac
done
PATH=\${PATH#*:} exec make --no-print-directory -C "${ROOT}" "$@" ENV=dev ARGS="$arguments"
`;

/** Returns the shell commands of a page, one text for each block. */
export function commandsOf(page: string): string[] {
  return [...readPage(page).matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, commands = ""]) => commands);
}

/** Runs commands of a page in bash: `aws` and Terraform reach the simulator, `make` the repository's own, for dev. */
export function runDocumented(
  { folder, env, programs: { python, terraform } }: SimulatedAccount,
  outdir: string,
  commands: string,
): Promise<ShellResult> {
  const bin = join(folder, "bin");
  if (!existsSync(bin)) {
    mkdirSync(bin);
    writeFileSync(join(bin, "make"), MAKE, { mode: 0o755 });
    const aws = `exec "${python.path}" -B "${join(__dirname, "aws_cli.py")}" "$@"`;
    writeFileSync(join(bin, "aws"), `#!/bin/sh\n${aws}\n`, { mode: 0o755 });
    symlinkSync(outdir, join(folder, "cdktf.out"));
  }
  return shell(commands, folder, {
    ...env,
    PATH: [bin, dirname(terraform.path), process.env["PATH"]].join(":"),
    DOCUMENTED_OUT: outdir,
    AWS_DEFAULT_REGION: REGION,
    TF_CLI_ARGS: "-no-color",
  });
}
