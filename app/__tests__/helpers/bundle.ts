import { createHash } from "node:crypto";
import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { APP } from "./app-folder";
import { type SourcePatch, patchSources } from "./source-patches";

/** A test of sockets needs no pages, and Next takes seconds to start. */
const NO_PAGES = `export async function startPages() {
  return {
    handle: async (request, response) => void response.end("page"),
    upgrade: (request, socket) => void socket.destroy(),
    close: async () => undefined,
  };
}`;

const noPages: esbuild.Plugin = {
  name: "no-pages",
  setup: (build) =>
    build.onLoad({ filter: /[/\\]server[/\\]pages[/\\]start\.ts$/ }, () => ({ contents: NO_PAGES, loader: "ts" })),
};

/** Inside of the app, where its packages are found. */
const FOLDER = join(APP, "dist", "test");

const built = new Map<string, Promise<string>>();

/** The server's own bundle without its pages, and with these changes: its path. Each is built once per process. */
export function bundleWithoutPages(changes: readonly SourcePatch[] = []): Promise<string> {
  const key = createHash("sha256").update(JSON.stringify(changes)).digest("hex").slice(0, 16);
  const known = built.get(key) ?? bundle(changes, join(FOLDER, `${key}.js`));
  built.set(key, known);
  return known;
}

/** Put in place by renaming, since other test processes may make the same one. */
async function bundle(changes: readonly SourcePatch[], path: string): Promise<string> {
  mkdirSync(FOLDER, { recursive: true });
  const outfile = `${path}.${process.pid}`;
  await esbuild.build({
    absWorkingDir: APP,
    entryPoints: ["server/main.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20.9",
    logLevel: "error",
    // Bundling the packages as well would take ten times as long.
    packages: "external",
    plugins: [noPages, patchSources(changes)],
  });
  renameSync(outfile, path);
  return path;
}
