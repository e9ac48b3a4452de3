import { chownSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Returns the account that servers run as when this process is root, which PostgreSQL refuses; else `undefined`. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  const entry = ["postgres:", "nobody:"].map((name) => lines.find((line) => line.startsWith(name))).find(Boolean);
  const [, , uid, gid] = entry?.split(":") ?? [];
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) };
}

/** Creates a temporary folder that belongs to the servers' account. */
export function serverFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  const account = serverAccount();
  if (account) chownSync(folder, account.uid, account.gid);
  return folder;
}
