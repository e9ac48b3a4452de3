/** `make deploy`, `make status`, `make rollback`, `make logs` and `make image`: operates what the stacks create. */
import { runCommand } from "../command-line/run-command";
import { operate } from "./operate";

void runCommand(async () => {
  process.exitCode = await operate(process.argv.slice(2), (text) => console.log(text));
});
