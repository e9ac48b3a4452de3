import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../../tools/servers/free-port";
import { APP } from "./app-folder";
import { builtImage } from "./image-copy";
import { LIMITS } from "./time-limits";

export interface AppProcessOptions {
  /** Every environment variable except PORT, HOSTNAME and PATH; none is inherited from this process. */
  readonly env: Readonly<Record<string, string>>;
  /** `image` runs a copy of dist/image, which is what the container holds; `server` is the path of a bundle to run in the app's folder. */
  readonly build: "image" | { readonly server: string };
  /** The port of an earlier process, to start again at the same address. @default a free one */
  readonly port?: number;
  /** Path that answers 200 once the server is up; `false` does not wait, for servers that are expected to fail. @default /api/health */
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

/**
 * Starts a server and waits until it is healthy.
 *
 * @throws Error with the output when the server ends, or does not become healthy in time
 */
export async function startApp(options: AppProcessOptions): Promise<AppProcess> {
  const port = options.port ?? (await freePort());
  const isImage = options.build === "image";
  const cwd = isImage ? builtImage() : APP;
  const entry = options.build === "image" ? "server.js" : options.build.server;
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
  // The keeper of the copy ends this server when the test process is killed.
  if (isImage) writeFileSync(join(cwd, "pid"), String(child.pid));
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
    stop: (graceMs = LIMITS.stopMs) => stop(child, exited, graceMs),
  };
  if (options.readyPath !== false) await healthy(app, options.readyPath ?? "/api/health");
  return app;
}

async function healthy(app: AppProcess, path: string): Promise<void> {
  let ended = false;
  void app.exited.then(() => (ended = true));
  const giveUpAt = Date.now() + LIMITS.startMs;
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
