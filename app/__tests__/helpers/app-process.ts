import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const APP = resolve(__dirname, "../..");

/** Longest from start to a healthy answer, in milliseconds; twice what the contract promises, for a busy machine. */
const BOOT_MS = 120_000;

export interface AppProcessOptions {
  /** The whole environment but PORT, HOSTNAME and PATH: nothing leaks in from the machine. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * `image` runs a copy of what the container holds, dist/image, with the built pages; `bundle` runs dist/server.js in the app's folder; a path runs
   * that bundle there.
   */
  readonly build: "image" | "bundle" | { readonly server: string };
  /** The port of an earlier process, to come back at the same address. */
  readonly port?: number;
  /** What answers 200 when the server is up; `false` returns at once, for servers that are expected to refuse to start. */
  readonly readyPath?: string | false;
}

export interface AppExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A server of the app in a process of its own. */
export interface AppProcess {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** All of standard output and standard error so far. */
  output(): string;
  /** The log lines that are JSON, parsed. */
  logs(): readonly Record<string, unknown>[];
  /** Resolves when the process has ended. */
  readonly exited: Promise<AppExit>;
  signal(signal: NodeJS.Signals): void;
  /** SIGTERM, then SIGKILL after `graceMs`. */
  stop(graceMs?: number): Promise<AppExit>;
}

const live = new Set<ChildProcess>();
process.once("exit", () => live.forEach((child) => child.kill("SIGKILL")));

/** @throws Error with the output when the server ends, or does not become healthy in time */
export async function startApp(options: AppProcessOptions): Promise<AppProcess> {
  const port = options.port ?? (await freePort());
  const cwd = options.build === "image" ? builtImage() : APP;
  const entry = await entryOf(options.build);
  const child = spawn(process.execPath, ["--enable-source-maps", entry], {
    cwd,
    env: {
      NODE_ENV: "production",
      PATH: process.env["PATH"],
      HOSTNAME: "127.0.0.1",
      ...options.env,
      PORT: String(port),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  live.add(child);
  // For the keeper of the copy, which knows a process by its working folder.
  if (copy !== undefined && cwd === copy.folder) writeFileSync(join(cwd, "pid"), String(child.pid));
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<AppExit>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      live.delete(child);
      resolve({ code, signal });
    });
  });
  const app: AppProcess = {
    url: `http://127.0.0.1:${port}`,
    port,
    pid: child.pid ?? 0,
    output: () => output,
    logs: () => parseLogs(output),
    exited,
    signal: (signal) => void child.kill(signal),
    stop: (graceMs = 15_000) => stop(child, exited, graceMs),
  };
  if (options.readyPath !== false) await healthy(app, options.readyPath ?? "/api/health");
  return app;
}

function entryOf(build: AppProcessOptions["build"]): string | Promise<string> {
  if (typeof build === "object") return build.server;
  return build === "image" ? "server.js" : bundledServer();
}

/** A port that nobody listens on right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

async function healthy(app: AppProcess, path: string): Promise<void> {
  let ended = false;
  void app.exited.then(() => (ended = true));
  const giveUpAt = Date.now() + BOOT_MS;
  while (!ended && Date.now() < giveUpAt) {
    const status = await fetch(app.url + path).then(
      (response) => response.status,
      () => undefined,
    );
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await app.stop(0);
  throw new Error(`the server ${ended ? "ended" : "did not become healthy"}; it wrote:\n${app.output()}`);
}

async function stop(child: ChildProcess, exited: Promise<AppExit>, graceMs: number): Promise<AppExit> {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  const exit = await exited;
  clearTimeout(timer);
  return exit;
}

function parseLogs(output: string): Record<string, unknown>[] {
  return output.split("\n").flatMap((line) => {
    if (!line.startsWith("{")) return [];
    try {
      return [JSON.parse(line) as Record<string, unknown>];
    } catch {
      return [];
    }
  });
}

const KEEPER = resolve(APP, "../tools/servers/keeper.sh");

interface ImageCopy {
  readonly folder: string;
  readonly keeper: ChildProcess;
}

let copy: ImageCopy | undefined;

/**
 * A copy of dist/image outside of the repository, where nothing is found that the image does not hold. It goes with this process, and so
 * does a server that still runs in it.
 */
export function builtImage(): string {
  const image = join(APP, "dist", "image");
  if (!existsSync(join(image, "server.js"))) {
    throw new Error("the app is not built: run `npm run build` in app/ first (make test does)");
  }
  if (copy === undefined) {
    const folder = mkdtempSync(join(tmpdir(), "messenger-crm-image-"));
    const keeper = spawn("bash", [KEEPER, folder], { stdio: ["pipe", "ignore", "ignore"], detached: true });
    keeper.unref();
    copy = { folder, keeper };
    cpSync(image, folder, { recursive: true, verbatimSymlinks: true });
  }
  return copy.folder;
}

/** Removes the copy, now that nothing is started from it any more. */
export async function removeImageCopy(): Promise<void> {
  if (copy === undefined) return;
  const { keeper } = copy;
  copy = undefined;
  const gone = once(keeper, "exit");
  keeper.ref();
  keeper.stdin?.end();
  await gone;
}

let bundled: Promise<string> | undefined;

/** Bundles the server as it stands, once per process; put in place by renaming, since other test processes may do the same. */
export function bundledServer(): Promise<string> {
  bundled ??= (async () => {
    const dist = join(APP, "dist");
    mkdirSync(dist, { recursive: true });
    const folder = mkdtempSync(join(dist, "bundle-"));
    await runNode(["build.mjs", "server", folder]);
    for (const file of ["server.js.map", "server.js", "migrate.js.map", "migrate.js"]) {
      renameSync(join(folder, file), join(dist, file));
    }
    rmSync(folder, { recursive: true });
    return join(dist, "server.js");
  })();
  return bundled;
}

/** Runs a Node program of the app to its end. @throws Error with its output when it fails */
export function runNode(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = APP,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { NODE_ENV: "production", PATH: process.env["PATH"], ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    live.add(child);
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => {
      live.delete(child);
      if (code === 0) resolve(output);
      else reject(new Error(`${args.join(" ")} exited with ${code}:\n${output}`));
    });
  });
}
