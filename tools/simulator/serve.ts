/**
 * Runs an AWS simulator in the foreground and prints the environment variables that send Terraform to it:
 *
 *     node --import tsx tools/simulator/serve.ts cdktf.out/stacks/messenger-crm-dev > .simulator/env &
 *     eval "$(cat .simulator/env)"
 *
 * The folder is optional: its stack decides the account, the region and the certificates that exist. Ctrl-C stops the simulator.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../command-line/run-command";
import { AwsSimulator } from "./aws-simulator";
import { findPrograms } from "./find-programs";
import { exportLines, simulatorVariables } from "./environment";
import { SimulatorError } from "./errors";
import { prerequisitesOf, type Prerequisites } from "./prerequisites";
import { type Json } from "../terraform/json";
import { configurationFolder, SIMULATOR_ROOT } from "./workspace";

async function main(): Promise<void> {
  const prerequisites = readPrerequisites(process.argv[2]);
  const { python, providerMirror } = await findPrograms();
  const simulator = await AwsSimulator.start({ python, ...prerequisites });
  const aws = { endpoint: simulator.endpoint, region: prerequisites.region };
  console.log(exportLines(simulatorVariables(aws, configurationFolder(SIMULATOR_ROOT), providerMirror)));
  console.error(
    `The AWS simulator runs at ${simulator.endpoint}, account ${prerequisites.accountId}. Paste or eval the lines above, then run ` +
      "terraform init, validate, plan and apply. Ctrl-C stops the simulator and discards its state.",
  );
  await simulator.untilExit();
}

function readPrerequisites(folder: string | undefined): Prerequisites {
  if (folder === undefined) {
    return prerequisitesOf({});
  }
  const file = join(folder, "cdk.tf.json");
  if (!existsSync(file)) {
    throw new SimulatorError(
      `${folder}: expected the folder of a synthesized stack, but ${file} does not exist. Run the synth first.`,
    );
  }
  return prerequisitesOf(JSON.parse(readFileSync(file, "utf8")) as Json);
}

void runCommand(main);
