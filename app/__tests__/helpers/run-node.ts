import { spawn } from "node:child_process";
import { APP } from "./app-folder";

/**
 * Runs a Node.js program to its end and returns its output. It is killed when this process ends.
 *
 * @throws Error with the output when it fails
 */
export function runNode(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = APP,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { NODE_ENV: "production", PATH: process.env["PATH"], ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const kill = (): void => void child.kill("SIGKILL");
    process.once("exit", kill);
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("exit", kill);
      if (code === 0) resolve(output);
      else reject(new Error(`${args.join(" ")} exited with ${code}:\n${output}`));
    });
  });
}
