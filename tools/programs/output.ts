import { type CommandOptions, run } from "./child-process";

/** Runs a program and returns its standard output. @throws Error with the end of its output when it fails */
export async function output(
  command: string,
  args: readonly string[],
  options: Partial<CommandOptions> = {},
): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, { env: process.env, ...options });
  if (code !== 0) {
    const printed = `${stdout}\n${stderr}`.trim().split("\n").slice(-40).join("\n");
    throw new Error(`${command} ${args.slice(0, 2).join(" ")} ended with exit code ${code}:\n${printed}`);
  }
  return stdout;
}
