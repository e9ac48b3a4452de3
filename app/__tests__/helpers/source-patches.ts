import { readFileSync } from "node:fs";
import { relative } from "node:path";
import type * as esbuild from "esbuild";
import { APP } from "./app-folder";

/** A textual change of a source file, which removes something to show what breaks without it. */
export interface SourcePatch {
  /** Path from the app's folder, such as `server/realtime/admission.ts`. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly from: string;
  readonly to: string;
}

/** Applies patches to the sources of server and client while esbuild bundles them. The build fails when one cannot be applied. */
export function patchSources(patches: readonly SourcePatch[]): esbuild.Plugin {
  return {
    name: "source-patches",
    setup: (build) => {
      const left = new Set(patches);
      build.onLoad({ filter: /[/\\](server|client)[/\\].*\.ts$/ }, ({ path }) => {
        const here = patches.filter(({ file }) => file === relative(APP, path));
        if (here.length === 0) return undefined;
        for (const patch of here) left.delete(patch);
        return { contents: here.reduce(apply, readFileSync(path, "utf8")), loader: "ts" };
      });
      build.onEnd(() => {
        for (const { file } of left) throw new Error(`${file} is not part of the bundle any more; adapt the patch`);
      });
    },
  };
}

/** @throws Error when the text does not occur exactly once: adapt the patch to the rewritten source */
function apply(source: string, { file, from, to }: SourcePatch): string {
  if (source.split(from).length !== 2)
    throw new Error(`the text to replace does not occur exactly once in ${file}: ${from}`);
  return source.replace(from, () => to);
}
