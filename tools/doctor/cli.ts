/** `make doctor` and `make verify`: says what is wrong with an environment, or with what it is to run next. */
import { runCommand } from "../command-line/run-command";
import { diagnose } from "./diagnose";

void runCommand(async () => {
  process.exitCode = await diagnose(process.argv.slice(2), (text) => console.log(text));
});
