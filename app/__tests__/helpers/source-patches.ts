import { readFileSync } from "node:fs";
import { relative } from "node:path";
import type * as esbuild from "esbuild";
import { APP } from "./app-folder";

/** One change of the app's sources, to see what breaks without what it takes out. */
export interface SourcePatch {
  /** From the app's folder: `server/realtime/parser.ts`. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly from: string;
  readonly to: string;
}

/** Bundles the sources of the server and the client with these changes. The build fails when one of them has no place any more. */
export function patchSources(changes: readonly SourcePatch[]): esbuild.Plugin {
  return {
    name: "changes",
    setup: (build) => {
      const left = new Set(changes);
      build.onLoad({ filter: /[/\\](server|client)[/\\].*\.ts$/ }, ({ path }) => {
        const here = changes.filter(({ file }) => file === relative(APP, path));
        if (here.length === 0) return undefined;
        for (const change of here) left.delete(change);
        return { contents: here.reduce(apply, readFileSync(path, "utf8")), loader: "ts" };
      });
      build.onEnd(() => {
        for (const { file } of left) throw new Error(`${file} is no part of the bundle any more`);
      });
    },
  };
}

/** @throws Error when the text is not there: a defence that was rewritten needs its change rewritten too */
function apply(source: string, { file, from, to }: SourcePatch): string {
  if (source.split(from).length !== 2) throw new Error(`not exactly once in ${file}: ${from}`);
  return source.replace(from, () => to);
}
