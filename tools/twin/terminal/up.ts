import { rmSync, unwatchFile, watchFile } from "node:fs";
import { resolve } from "node:path";
import { SIMULATOR_ROOT, summaryFile } from "../../simulator/workspace";
import { readApplied } from "../topology/applied-stack";
import { type Controlled } from "../control/commands";
import { serveControl } from "../control/server";
import { type ContainerImage, containerImageOf, type Image, imageOf } from "../tasks/image";
import { controlSocket } from "../registry/registry";
import { type TwinEvent } from "../status/status";
import { startTwin } from "../start-twin";
import { type Twin } from "../twin";
import { LiveView, renderEvent, renderSubstitutions, type Terminal } from "./view";

export interface UpOptions {
  readonly environment: string;
  /** Folder of a built app, or name of a container image. */
  readonly source: Source;
  readonly port: number;
  /** Deploy automatically what a later `make up` applies. */
  readonly watch: boolean;
  readonly terminal: Terminal;
}

type Source = { readonly build: string } | { readonly image: string };

const DRAW_EVERY_MS = 500;
const POLL_EVERY_MS = 200;
const WATCH_EVERY_MS = 1000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs a twin until a command or a signal stops it, then removes everything that it started. */
export async function up(options: UpOptions): Promise<void> {
  const print = (line: string): unknown => options.terminal.write(`${line}\n`);
  const logFolder = resolve(".twin", options.environment, "logs");
  rmSync(logFolder, { recursive: true, force: true });
  print(`Reading the applied stack of ${options.environment} ...`);
  const topology = await readApplied(SIMULATOR_ROOT, options.environment);
  const image = await readImage(options.source);
  print("Starting HAProxy, Redis and PostgreSQL ...");
  const twin = await startTwin({
    topology,
    image,
    port: options.port,
    logFolder,
    onEvent: (event) => report(event, options.terminal),
  });
  try {
    await serve(twin, image, options);
  } finally {
    print("Stopping ...");
    await twin.stop();
    print(`Everything is stopped. The logs are in ${logFolder}.`);
  }
}

async function serve(twin: Twin, image: Image | ContainerImage, options: UpOptions): Promise<void> {
  const { terminal, environment, watch } = options;
  const done = new AbortController();
  const end = (): void => done.abort();
  const ended = new Promise<void>((finish) => done.signal.addEventListener("abort", () => finish()));
  for (const signal of SIGNALS) process.on(signal, end);
  let current = image;
  const redeploy: Controlled["redeploy"] = async ({ other, force }) => {
    if (other !== undefined) current = await readImage("build" in options.source ? { build: other } : { image: other });
    await twin.deploy({ topology: await readApplied(SIMULATOR_ROOT, environment), image: current, force });
  };
  const control = await serveControl(controlSocket(twin.folder), { twin, redeploy, end });
  const unwatch = watch ? onApply(() => redeploy({ force: false }), terminal) : undefined;
  const stopDrawing = showStatus(twin, terminal);
  await ended;
  stopDrawing();
  unwatch?.();
  control.close();
  control.closeAllConnections();
}

function readImage(source: Source): Promise<ContainerImage> | Image {
  return "build" in source ? imageOf(resolve(source.build)) : containerImageOf(source.image);
}

function showStatus(twin: Twin, terminal: Terminal): () => void {
  terminal.write(`\n${renderSubstitutions(twin.status()).join("\n")}\n\n`);
  if (!terminal.isTTY) return announce(twin, terminal);
  const view = new LiveView(terminal);
  view.draw(twin.status());
  const timer = setInterval(() => view.draw(twin.status()), DRAW_EVERY_MS);
  return () => clearInterval(timer);
}

/** Prints the address once a task is healthy, for output that is not a terminal and shows no live table. */
function announce(twin: Twin, terminal: Terminal): () => void {
  terminal.write(`${twin.url} answers as soon as a task is healthy ...\n`);
  const timer = setInterval(() => {
    if (!twin.status().tasks.some(({ target }) => target === "healthy")) return;
    clearInterval(timer);
    terminal.write(`Open ${twin.url}\n`);
  }, POLL_EVERY_MS);
  return () => clearInterval(timer);
}

/** Prints an event as a line, unless the live table on a terminal shows it. */
function report({ atMs, message }: TwinEvent, terminal: Terminal): void {
  if (!terminal.isTTY) terminal.write(`${renderEvent(atMs, message)}\n`);
}

function onApply(deploy: () => Promise<void>, terminal: Terminal): () => void {
  const file = summaryFile(SIMULATOR_ROOT);
  watchFile(file, { interval: WATCH_EVERY_MS }, (now, before) => {
    if (now.mtimeMs === before.mtimeMs || now.mtimeMs === 0) return;
    deploy().catch((error: unknown) =>
      terminal.write(`What was applied is not deployed: ${(error as Error).message}\n`),
    );
  });
  return () => unwatchFile(file);
}
