import { type ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { contract } from "../../app/contract";
import { appEnvironmentVariables } from "../../__tests__/helpers/app-environment-variables";
import { freePort } from "../../tools/servers/free-port";
import { PostgresServer } from "../../tools/servers/postgres";
import { RedisServer } from "../../tools/servers/redis";
import { spawnGuarded, stop } from "../../tools/programs/child-process";
import { bundle, ROOT } from "../shared/bundle";
import { type ServerKind } from "./job";
import { seed } from "../shared/people";

const BUNDLES = join(ROOT, ".cache/bench-app");
const APP_IMAGE = join(ROOT, "app/dist/image");
const BOOT_MS = 60_000;

/** The ticket secret that the measured app is started with. */
export const TICKET_SECRET = appEnvironmentVariables(0, "", { url: "" }).SOCKET_TICKET_SECRET;

export interface ServerProcess {
  readonly pid: number;
  readonly origin: string;
  readonly inspectorPort: number;
  stop(): Promise<void>;
}

/** PostgreSQL and Redis for both servers, with one database of the same schema and data for each. */
export class BackingServices {
  private constructor(
    readonly postgres: PostgresServer,
    readonly redis: RedisServer,
  ) {}

  static async start(): Promise<BackingServices> {
    const [postgres, redis] = await Promise.all([PostgresServer.start(), RedisServer.start()]);
    for (const serverKind of ["app", "bare"] satisfies ServerKind[]) {
      await postgres.createDatabase(serverKind);
      await postgres.sql(`${schema()}\n${seed()}`, serverKind);
    }
    return new BackingServices(postgres, redis);
  }

  async close(): Promise<void> {
    await Promise.all([this.postgres.close(), this.redis.close()]);
  }

  /** Resets the tables, so that each round starts from the same state. Autovacuum must not run in between. */
  async resetMessages(serverKind: ServerKind): Promise<void> {
    await this.postgres.sql("truncate message; update conversation set last_seq = 0;", serverKind);
    await this.postgres.sql("vacuum full conversation;", serverKind);
  }
}

function schema(): string {
  const folder = join(ROOT, "app/migrations");
  const files = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  return files
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

/** Bundles the bare server and the load process. @throws Error if the app is not built, or with esbuild's output */
export async function bundlePrograms(): Promise<void> {
  if (!existsSync(join(APP_IMAGE, "server.js"))) {
    throw new Error("The app is not built: run `make bench-app`, or `npm run build` in app/.");
  }
  await bundle(
    ["bare-server.ts", "load.ts"].map((file) => join(__dirname, file)),
    BUNDLES,
  );
}

export const LOAD = join(BUNDLES, "load.js");

export async function startServer(
  serverKind: ServerKind,
  { postgres, redis }: BackingServices,
): Promise<ServerProcess> {
  const port = await freePort();
  const inspectorPort = await freePort();
  const folder = serverKind === "app" ? APP_IMAGE : BUNDLES;
  const entry = serverKind === "app" ? "server.js" : "bare-server.js";
  const env = {
    PATH: process.env["PATH"],
    ...appEnvironmentVariables(port, postgres.urlOf(serverKind), redis),
    HOSTNAME: "127.0.0.1",
  };
  const child = spawnGuarded(process.execPath, [`--inspect=127.0.0.1:${inspectorPort}`, entry], { env, cwd: folder });
  const origin = `http://127.0.0.1:${port}`;
  await untilHealthy(child, origin + contract.container.health.path);
  return { pid: child.pid ?? 0, origin, inspectorPort, stop: () => stop(child) };
}

async function untilHealthy(child: ChildProcess, url: string): Promise<void> {
  const printed: string[] = [];
  for (const output of [child.stdout, child.stderr]) {
    // Keep reading: a full pipe would block the server.
    output?.on("data", (chunk: Buffer) => void (printed.length < 200 && printed.push(chunk.toString())));
  }
  const end = performance.now() + BOOT_MS;
  while (performance.now() < end && child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await wait(50);
  }
  throw new Error(`a server did not become healthy:\n${printed.join("")}`);
}
