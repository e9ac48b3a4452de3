import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

export interface SpawnServerOptions {
  /** The app's folder, absolute. */
  readonly app: string;
  /** Of `developmentFolder`, relative to the app's. */
  readonly folder: string;
}

/** Starts the bundled server in development mode, with this process's output as its own. */
export function spawnServer({ app, folder }: SpawnServerOptions): ChildProcess {
  return spawn(process.execPath, ["--enable-source-maps", join(folder, "server.js")], {
    cwd: app,
    stdio: "inherit",
    env: { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1", DEVELOPMENT_FOLDER: folder },
  });
}
