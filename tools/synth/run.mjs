/**
 * Runs `main.ts`: the same as `node --import tsx main.ts`, in about two thirds of its time.
 *
 *     node tools/synth/run.mjs [another program]
 *
 * A loader transforms and resolves some four hundred files one by one; here they become one file first, packages left
 * outside. See docs/adr/0011-bundled-synth.md.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";

const ROOT = resolve(import.meta.dirname, "../..");
// Inside of the repository, so that the packages are found from there; a folder for each run, so that two may run at once.
const CACHE = join(ROOT, ".cache");

mkdirSync(CACHE, { recursive: true });
const folder = mkdtempSync(join(CACHE, "synth-"));
try {
  const file = join(folder, "main.cjs");
  buildSync({
    entryPoints: [join(ROOT, process.argv[2] ?? "main.ts")],
    outfile: file,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    sourcemap: "inline",
    logLevel: "warning",
  });
  // Read for this file only: its first statement turns maps off again (without-source-maps.ts).
  process.setSourceMapsEnabled(true);
  createRequire(import.meta.url)(file);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
