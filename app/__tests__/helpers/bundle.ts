import { createHash } from "node:crypto";
import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { APP } from "./app-folder";
import { type SourcePatch, patchSources } from "./source-patches";

/** Replaces the pages, which tests of sockets do not need and which take seconds to start. */
const NO_PAGES = `export async function startPages() {
  return {
    handle: async (request, response) => void response.end("page"),
    upgrade: () => false,
    close: async () => undefined,
  };
}`;

const noPages: esbuild.Plugin = {
  name: "no-pages",
  setup: (build) =>
    build.onLoad({ filter: /[/\\]server[/\\]pages[/\\]start\.ts$/ }, () => ({ contents: NO_PAGES, loader: "ts" })),
};

/** Inside the app, so that its packages are found. */
const FOLDER = join(APP, "dist", "test");

const built = new Map<string, Promise<string>>();

/** Bundles the server without its pages and with these patches, once per process. Returns the bundle's path. */
export function bundleWithoutPages(patches: readonly SourcePatch[] = []): Promise<string> {
  const key = createHash("sha256").update(JSON.stringify(patches)).digest("hex").slice(0, 16);
  const known = built.get(key) ?? bundle(patches, join(FOLDER, `${key}.js`));
  built.set(key, known);
  return known;
}

/** Renames the finished file, because other test processes may build the same one. */
async function bundle(patches: readonly SourcePatch[], path: string): Promise<string> {
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
    // Bundling the packages too would take ten times as long.
    packages: "external",
    plugins: [noPages, patchSources(patches)],
  });
  renameSync(outfile, path);
  return path;
}
