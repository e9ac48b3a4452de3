import { mkdirSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { findProgram } from "../../programs/find-program";
import { type Nginx } from "../topology/topology";

const PROGRAM = { name: "nginx", debianPackage: "nginx-light", folders: ["/usr/sbin"] };

/** Folders of nginx for what does not fit into memory; the compiled-in ones belong to root. */
const TEMPORARY_FOLDERS = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

export interface LocalNginxOptions {
  readonly nginx: Nginx;
  /** Folder of the instance, for all files of its nginx. */
  readonly folder: string;
  /** Loopback address of the instance. */
  readonly address: string;
  /** Returns the port on this machine for an applied one. */
  readonly portOf: (applied: number) => number;
}

/** Fails early, with the package to install, when this machine has no nginx. @throws Error */
export function requireNginx(): string {
  return findProgram(PROGRAM);
}

/** Writes the applied nginx.conf with this machine's addresses and folders, and returns the command that runs it in the foreground. */
export function prepareNginx(options: LocalNginxOptions): string[] {
  const { folder } = options;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "nginx.conf");
  writeFileSync(file, localConfiguration(options));
  return [requireNginx(), "-p", folder, "-e", join(folder, "error.log"), "-c", file, "-g", "daemon off;"];
}

/** Fails the health checks of an instance from now on. */
export function failHealthChecks(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(drainingFile(folder), "");
}

/** Returns the applied configuration, changed where it names a user, a folder, an address or a port. */
export function localConfiguration({ nginx, folder, address, portOf }: LocalNginxOptions): string {
  const temporary = TEMPORARY_FOLDERS.map((name) => `  ${name}_temp_path ${join(folder, name)};`).join("\n");
  return nginx.configuration
    .replaceAll(nginx.drainingFile, drainingFile(folder))
    .replace(/^user .*;$/m, `user ${userInfo().username};`)
    .replace(/^pid .*;$/m, `pid ${join(folder, "nginx.pid")};`)
    .replace(/^error_log \S+ /m, `error_log ${join(folder, "error.log")} `)
    .replace(/^http \{$/m, `http {\n${temporary}`)
    .replace(/\blisten (\d+)/g, (_, port: string) => `listen ${address}:${portOf(Number(port))}`)
    .replace(/\b127\.0\.0\.1:(\d+)/g, (_, port: string) => `${address}:${portOf(Number(port))}`);
}

function drainingFile(folder: string): string {
  return join(folder, "draining");
}
