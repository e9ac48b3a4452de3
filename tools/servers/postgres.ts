import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, lstatSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { serverAccount, serverFolder } from "./account";
import { findProgram } from "../programs/find-program";
import { freePort } from "./free-port";
import { LocalServer } from "./local-server";

export interface PostgresOptions {
  /** More settings, such as `{ max_connections: "20" }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

const USER = "postgres";
const PASSWORD = "postgres";

/** Without fsync only a crash of the machine loses committed data, not one of the process. */
const SETTINGS = {
  fsync: "off",
  full_page_writes: "off",
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: "64MB",
};

const exec = promisify(execFile);

/** A real PostgreSQL on a free port of 127.0.0.1. Signing in takes a password (SCRAM). */
export class PostgresServer extends LocalServer {
  private constructor(
    readonly port: number,
    folder: string,
    options: PostgresOptions,
  ) {
    const settings = Object.entries({ ...SETTINGS, port: String(port), ...options.settings });
    super({
      name: "postgres",
      command: program("postgres"),
      args: ["-D", join(folder, "data"), ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`])],
      folder,
      account: serverAccount(),
      ready: /database system is ready to accept connections/,
      // "Immediate shutdown": cuts connections; the next start replays the log.
      stopSignal: "SIGQUIT",
    });
  }

  /** URL of the superuser's own database, password included. */
  get url(): string {
    return this.urlOf(USER);
  }

  static async start(options: PostgresOptions = {}): Promise<PostgresServer> {
    const folder = serverFolder("postgres-server-");
    const account = serverAccount();
    await exec("cp", ["-a", await template(), join(folder, "data")], { ...account });
    const server = new PostgresServer(await freePort(), folder, options);
    await server.launch();
    return server;
  }

  urlOf(database: string): string {
    return `postgresql://${USER}:${PASSWORD}@127.0.0.1:${this.port}/${database}`;
  }

  /** Creates an empty database and returns its URL, so that tests can share a server. */
  async createDatabase(name = `test_${randomBytes(6).toString("hex")}`): Promise<string> {
    await this.sql(`CREATE DATABASE "${name}"`);
    return this.urlOf(name);
  }

  /** Runs SQL as the superuser, by psql; returns the rows, columns separated by `|`. */
  async sql(statements: string, database = USER): Promise<string> {
    const args = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", this.urlOf(database), "-c", statements];
    const { stdout } = await exec(program("psql"), args, { maxBuffer: Number.POSITIVE_INFINITY });
    return stdout.trim();
  }
}

function program(name: string): string {
  return findProgram({ name, debianPackage: "postgresql", folders: ["/usr/lib/postgresql/*/bin"] });
}

/** Returns a database cluster to copy, which takes a tenth of the time of creating one. Created once for each version and user. */
async function template(): Promise<string> {
  const { stdout } = await exec(program("postgres"), ["--version"]);
  const version = stdout
    .trim()
    .split(" ")
    .at(-1)
    ?.replace(/[^\w.]/g, "");
  const uid = serverAccount()?.uid ?? process.getuid?.();
  const path = join(tmpdir(), `postgres-template-${version}-${uid}`);
  if (existsSync(path)) {
    if (lstatSync(path).uid !== uid) {
      throw new Error(`${path} belongs to another user. Remove it, or set TMPDIR to a folder of your own.`);
    }
    return path;
  }
  const folder = serverFolder("postgres-template-");
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, PASSWORD);
  const data = join(folder, "data");
  const options = ["-N", "-E", "UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256"];
  await exec(program("initdb"), ["-D", data, "-U", USER, `--pwfile=${passwordFile}`, ...options], {
    ...serverAccount(),
    cwd: folder,
  });
  try {
    renameSync(data, path);
  } catch (error) {
    // Another process has created it meanwhile.
    if (!existsSync(path)) throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return path;
}
