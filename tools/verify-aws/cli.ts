/** `make verify-aws`: applies a throwaway environment to a real account, checks it, and destroys it. */
import { runCommand } from "../command-line/run-command";
import { main } from "./main";

void runCommand(async () => {
  process.exitCode = await main(process.argv.slice(2));
});
