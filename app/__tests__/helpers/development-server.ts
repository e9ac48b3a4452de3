import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { freePort } from "../../../tools/servers/free-port";
import { APP } from "./app-folder";
import { LIMITS } from "./time-limits";

/** What `npm run dev` runs, on a machine with Node and nothing else, in a folder of its own. */
export class DevelopmentServer {
  #process: ChildProcess | undefined;
  #output = "";

  private constructor(
    readonly port: number,
    /** Absolute; see development/folder.ts. */
    readonly folder: string,
  ) {}

  /** Resolves when the server has printed its address and the demo accounts. */
  static async start(): Promise<DevelopmentServer> {
    const parent = join(APP, ".dev");
    mkdirSync(parent, { recursive: true });
    const server = new DevelopmentServer(await freePort(), mkdtempSync(join(parent, "test-")));
    await server.restart();
    return server;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Everything that the server printed since its last start. */
  get output(): string {
    return this.#output;
  }

  get demoPassword(): string {
    return /with the password (\S+)/.exec(this.#output)?.[1] ?? "";
  }

  /** The password that the server's folder says. */
  get storedDemoPassword(): unknown {
    const secrets = JSON.parse(readFileSync(join(this.folder, "data", "secrets.json"), "utf8")) as Record<
      string,
      unknown
    >;
    return secrets["DEMO_PASSWORD"];
  }

  /** Starts the server again, with what it left in its folder. */
  async restart(): Promise<void> {
    await this.stop();
    this.#output = "";
    const home = join(this.folder, "empty-home");
    mkdirSync(home, { recursive: true });
    const child = spawn(process.execPath, ["--import", "tsx", "development/main.ts"], {
      cwd: APP,
      env: {
        NODE_ENV: "development",
        HOME: home,
        PORT: String(this.port),
        DEVELOPMENT_FOLDER: relative(APP, this.folder),
      },
      // The server stops when the channel closes, so that it does not outlive a test process that is killed.
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => (this.#output += chunk.toString()));
    }
    this.#process = child;
    await this.printed("Demo accounts");
  }

  /** @throws Error with the output, when the server ends or does not print the text in time */
  async printed(text: string): Promise<void> {
    const giveUpAt = Date.now() + LIMITS.developmentPageMs;
    while (!this.#output.includes(text)) {
      const hasEnded = this.#process?.exitCode !== null || /The server ended/.test(this.#output);
      if (hasEnded || Date.now() > giveUpAt) {
        throw new Error(`expected ${text}, but npm run dev printed:\n${this.#output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Status of a page, compiled first when necessary. */
  async status(path: string): Promise<number> {
    return (await fetch(this.url + path, { signal: AbortSignal.timeout(LIMITS.developmentPageMs) })).status;
  }

  /** Status of a page, from a server that is perhaps still being replaced: until then connections are refused or cut. */
  async statusAfterRestart(path: string): Promise<number> {
    const giveUpAt = Date.now() + LIMITS.developmentPageMs;
    for (;;) {
      try {
        return await this.status(path);
      } catch (error) {
        if (Date.now() > giveUpAt) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  get compilerCache(): string {
    return join(this.folder, "pages", "dev", "cache", "turbopack");
  }

  /** Files of the compiler's cache with a certain name ending. */
  cacheFiles(ending: string): string[] {
    return readdirSync(this.compilerCache, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(ending))
      .map((name) => join(this.compilerCache, name));
  }

  /** Overwrites files of the compiler's cache with text that Turbopack cannot read. */
  corruptCache(ending: string): void {
    for (const file of this.cacheFiles(ending)) writeFileSync(file, "corrupt");
  }

  async stop(): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }> {
    const child = this.#process;
    if (child === undefined) return { code: 0, signal: null };
    this.#process = undefined;
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    }
    return { code: child.exitCode, signal: child.signalCode };
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
