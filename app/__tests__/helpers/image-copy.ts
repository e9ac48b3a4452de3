import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { APP } from "./app-folder";

const KEEPER = resolve(APP, "../tools/servers/keeper.sh");

interface ImageCopy {
  readonly folder: string;
  readonly keeper: ChildProcess;
}

let copy: ImageCopy | undefined;

/**
 * Copies dist/image out of the repository, once per process, so that nothing is found there that the image does not hold. When this
 * process ends, however it ends, the keeper ends a server that still runs in the copy, and removes the copy.
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

/** Removes the copy. The caller has stopped every server that runs in it. */
export async function removeImageCopy(): Promise<void> {
  if (copy === undefined) return;
  const { keeper } = copy;
  copy = undefined;
  const gone = once(keeper, "exit");
  keeper.ref();
  keeper.stdin?.end();
  await gone;
}
