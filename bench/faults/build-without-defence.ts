import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { type SourcePatch, patchSources } from "../../app/__tests__/helpers/source-patches";
import { type Image } from "../../tools/twin/tasks/image";
import { ROOT } from "./app-packages";
import { type Defence } from "./defences";
import { CACHE, copyOf, withMigration } from "./images";

const APP = join(ROOT, "app");

export interface Altered {
  readonly image: Image;
  /** Path of the changed client's bundle, if the client is changed. */
  readonly clientBundle?: string;
}

/** Builds the app without one defence: the same image with a changed server, schema or client. */
export async function buildWithoutDefence({ name, server, client, schema }: Defence, built: Image): Promise<Altered> {
  if (schema !== undefined) return { image: withMigration(built, `without-${name}`, schema) };
  if (server !== undefined) return { image: await buildServer(built, `without-${name}`, server) };
  return { image: built, clientBundle: await bundleClient(`client-without-${name}`, client ?? []) };
}

async function buildServer(built: Image, name: string, changes: readonly SourcePatch[]): Promise<Image> {
  const image = copyOf(built, name);
  const { serverBundle } = (await import(pathToFileURL(join(APP, "build.mjs")).href)) as {
    serverBundle: esbuild.BuildOptions;
  };
  // Remove the hard links first, so that the original files do not change.
  for (const file of ["server.js", "server.js.map"]) rmSync(join(image.folder, file), { force: true });
  await esbuild.build({
    ...serverBundle,
    entryPoints: { server: "server/main.ts" },
    outdir: image.folder,
    plugins: [patchSources(changes)],
  });
  return image;
}

async function bundleClient(name: string, changes: readonly SourcePatch[]): Promise<string> {
  mkdirSync(CACHE, { recursive: true });
  const outfile = join(CACHE, `${name}.cjs`);
  await esbuild.build({
    absWorkingDir: APP,
    entryPoints: ["client/index.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20.9",
    logLevel: "error",
    external: ["bufferutil", "utf-8-validate"],
    plugins: [patchSources(changes)],
  });
  return outfile;
}
