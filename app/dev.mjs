// `npm run dev`: bundles the server, runs it, and runs it anew whenever a file of the server changes. Pages are reloaded by Next.
import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { context } from "esbuild";
import { serverBundle } from "./build.mjs";

let child;
let stopping = false;

function start() {
  child = spawn(process.execPath, ["--enable-source-maps", "dist/server.js"], {
    cwd: dirname(fileURLToPath(import.meta.url)),
    stdio: "inherit",
    env: { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" },
  });
  child.once("exit", (code, signal) => {
    child = undefined;
    // A configuration mistake is not mended by waiting; a crash is looked at, and the next save starts the server again.
    if (stopping || code === 78) process.exit(code ?? (signal === null ? 0 : 1));
  });
}

async function restart() {
  const running = child;
  if (running !== undefined) {
    const gone = new Promise((resolve) => running.once("exit", resolve));
    running.kill("SIGTERM");
    await gone;
  }
  if (!stopping) start();
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    stopping = true;
    if (child === undefined) process.exit(0);
    child.kill("SIGTERM");
  });
}

let restarting = Promise.resolve();
const bundle = await context({
  ...serverBundle,
  plugins: [
    {
      name: "restart",
      setup: ({ onEnd }) => {
        onEnd(({ errors }) => {
          if (errors.length === 0) restarting = restarting.then(restart);
        });
      },
    },
  ],
});
await bundle.watch();
