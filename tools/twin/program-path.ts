import { dirname } from "node:path";

/** The PATH of containers: the very Node.js that the twin runs on, and the system's programs. */
export function programPath(): string {
  return [dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(":");
}
