import { spawn } from "node:child_process";
import { UserError } from "../command-line/user-error";

export interface TerminalOptions {
  readonly env: NodeJS.ProcessEnv;
  /** What the program reads from standard input. @default what this process reads */
  readonly input?: string | undefined;
}

/**
 * Runs a program that shares this process's terminal, so that a person sees its progress and can answer its questions.
 * @throws UserError when it is not on PATH or fails
 */
export function runInTerminal(
  program: string,
  args: readonly string[],
  { env, input }: TerminalOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env,
      stdio: [input === undefined ? "inherit" : "pipe", "inherit", "inherit"],
    });
    child.once("error", () => reject(new UserError(`${program}: expected it on PATH, found none. Install it.`)));
    child.once("close", (code) => {
      const what = `${program} ${args.slice(0, 2).join(" ")}`;
      if (code === 0) resolve();
      else reject(new UserError(`${what}: failed with exit code ${code ?? "none"}; its own messages are above.`));
    });
    // A program that ends without reading all of it says why by its exit code.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}
