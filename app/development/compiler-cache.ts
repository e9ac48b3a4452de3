import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Turbopack writes this file when it panics while it has a cache on disk, and removes the cache at the next start. The process that
 * panicked goes on, but pages that need compiling may never be answered. Source: vercel/next.js, pull request 80225.
 */
const PANIC_MARKER = "__turbo_tasks_invalidated_db";

/** The cache on disk of Next's compiler, Turbopack. */
export class CompilerCache {
  constructor(private readonly folder: string) {}

  exists(): boolean {
    return existsSync(this.folder);
  }

  /** Whether Turbopack has failed since the cache was last removed. */
  isDamaged(): boolean {
    return existsSync(join(this.folder, PANIC_MARKER));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
