/** `make smoke URL=…`: checks a deployment as its clients see it. */
import { runCommand } from "../command-line/run-command";
import { main } from "./main";

void runCommand(async () => {
  process.exitCode = await main(process.argv.slice(2), (text) => console.log(text));
});
