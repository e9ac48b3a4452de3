/** Program: starts a twin, deploys until its seventh task, prints the pids of its processes as JSON, and runs until it is killed. */
import { basename } from "node:path";
import { startTwin } from "../../tools/twin/start-twin";
import { appliedTopology, FIXTURE_IMAGE } from "./applied-topology";

async function main(): Promise<void> {
  const twin = await startTwin({ topology: appliedTopology(), image: FIXTURE_IMAGE });
  await twin.untilSteady();
  for (let round = 0; round < 3; round++) {
    await twin.deploy({ force: true });
    await twin.untilSteady();
  }
  const tasks = twin.tasks().flatMap(({ containers }) => Object.values(containers));
  const pids = [...tasks, twin.redis.pid, twin.database.pid];
  console.log(JSON.stringify({ pids, folder: twin.folder, label: basename(twin.folder) }));
}

void main();
