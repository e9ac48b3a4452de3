/**
 * Runs lanes of make targets side by side: `node .ci/side-by-side.mjs "test-app test-twin" test-terraform`. The targets of a lane
 * run one after another. The output of a lane is printed in one piece when the lane ends; the first lane that fails ends the
 * others and the run, so that its output is the last thing on the screen.
 */
import { spawn } from "node:child_process";

/** Time that an interrupted lane has to stop its servers, in milliseconds. */
const STOP_MS = 20_000;

const running = new Set();
let failed = false;

function signal(child, name) {
  try {
    // The process group: make, its shell, the test runner and what that started.
    process.kill(-child.pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

function stopOthers() {
  for (const child of running) {
    signal(child, "SIGINT");
    setTimeout(() => signal(child, "SIGKILL"), STOP_MS).unref();
  }
}

function runTarget(target, output) {
  return new Promise((resolve) => {
    const child = spawn("make", ["--no-print-directory", target], {
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      // The lanes are not part of the make that started them: its job slots are not theirs.
      env: { ...process.env, MAKEFLAGS: "", MAKELEVEL: "" },
    });
    running.add(child);
    child.stdout.on("data", (chunk) => output.push(chunk));
    child.stderr.on("data", (chunk) => output.push(chunk));
    child.once("close", (code) => {
      running.delete(child);
      resolve(code === 0);
    });
  });
}

async function runLane(lane) {
  for (const target of lane.split(" ")) {
    if (failed) return;
    console.log(`${target}: started`);
    const started = Date.now();
    const output = [];
    const passed = await runTarget(target, output);
    if (failed) return;
    failed = !passed;
    process.stdout.write(Buffer.concat(output));
    console.log(`${target}: ${passed ? "passed" : "FAILED"} after ${Math.round((Date.now() - started) / 1000)} s`);
    if (failed) stopOthers();
  }
}

for (const name of ["SIGINT", "SIGTERM"]) {
  process.once(name, () => {
    failed = true;
    stopOthers();
  });
}

await Promise.all(process.argv.slice(2).map(runLane));
process.exitCode = failed ? 1 : 0;
