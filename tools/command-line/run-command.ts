import { UserError } from "./user-error";

/** Runs the main function of a command. An error sets the exit code to 1; only one that is not the user's shows its stack. */
export async function runCommand(main: () => void | Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof UserError ? error.message : error);
    process.exitCode = 1;
  }
}
