import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync } from "node:fs";
import { join, relative } from "node:path";
import * as esbuild from "esbuild";
import { APP } from "./app-process";

/** One change of the server's sources, to see what breaks without it. */
export interface Change {
  /** From the app's folder: `server/realtime/parser.ts`. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly from: string;
  readonly to: string;
}

/** A test of sockets needs no pages, and Next takes seconds to start. */
const NO_PAGES = `export async function startPages() {
  return {
    handle: async (request, response) => void response.end("page"),
    upgrade: (request, socket) => void socket.destroy(),
    close: async () => undefined,
  };
}`;

/** Inside of the app, where its packages are found. */
const FOLDER = join(APP, "dist", "test");

const built = new Map<string, Promise<string>>();

/** The server's own bundle without its pages, and with these changes: its path. Each is built once per process. */
export function bundleWithoutPages(changes: readonly Change[] = []): Promise<string> {
  const key = createHash("sha256").update(JSON.stringify(changes)).digest("hex").slice(0, 16);
  const known = built.get(key) ?? bundle(changes, join(FOLDER, `${key}.js`));
  built.set(key, known);
  return known;
}

/** Put in place by renaming, since other test processes may make the same one. */
async function bundle(changes: readonly Change[], path: string): Promise<string> {
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
    plugins: [changed(changes)],
  });
  renameSync(outfile, path);
  return path;
}

function changed(changes: readonly Change[]): esbuild.Plugin {
  return {
    name: "changes",
    setup: (build) => {
      const left = new Set(changes);
      build.onLoad({ filter: /[/\\]server[/\\].*\.ts$/ }, ({ path }) => {
        const file = relative(APP, path);
        if (file === join("server", "pages", "start.ts")) return { contents: NO_PAGES, loader: "ts" };
        const here = changes.filter((change) => change.file === file);
        if (here.length === 0) return undefined;
        for (const change of here) left.delete(change);
        return { contents: here.reduce(apply, readFileSync(path, "utf8")), loader: "ts" };
      });
      build.onEnd(() => {
        for (const { file } of left) throw new Error(`${file} is no part of the server any more`);
      });
    },
  };
}

/** @throws Error when the text is not there: a defence that was rewritten needs its change rewritten too */
function apply(source: string, { file, from, to }: Change): string {
  if (source.split(from).length !== 2) throw new Error(`not exactly once in ${file}: ${from}`);
  return source.replace(from, () => to);
}
