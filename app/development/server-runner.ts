import { type ChildProcess } from "node:child_process";

/** The server exits with this code when its configuration is wrong, which a restart does not repair. */
const EXIT_CONFIGURATION = 78;
const CHECK_MS = 500;
/** How long a server whose compiler has failed may take to stop before it is killed, in milliseconds. */
const STOP_FAILED_MS = 5_000;
/** Recoveries in a row without a new save; a compiler that fails with an empty cache too has another fault. */
const MAX_RECOVERIES = 2;

export interface ServerRunnerOptions {
  readonly spawn: () => ChildProcess;
  readonly cache: { exists(): boolean; isDamaged(): boolean; remove(): void };
  /** Whether the server's port accepts connections. */
  readonly isListening: () => Promise<boolean>;
  readonly print: (line: string) => void;
  readonly exit: (code: number) => void;
}

/** Runs one server at a time: restarts it on request, and with an empty cache when Next's compiler fails because of its cache. */
export class ServerRunner {
  #server: ChildProcess | undefined;
  #listened = false;
  #stopping = false;
  #recoveries = 0;
  /** Starts and restarts, one after the other. */
  #queue: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: ServerRunnerOptions) {}

  /** Replaces the running server, or starts the first one. */
  restart(): Promise<void> {
    this.#recoveries = 0;
    return this.#enqueue(async () => {
      await this.#end();
      if (this.options.cache.isDamaged()) {
        this.options.print("Next's compiler failed in the last run: removing its cache.");
        this.options.cache.remove();
      }
      this.#start();
    });
  }

  /** Stops the server and exits with its code. */
  stop(): void {
    this.#stopping = true;
    clearInterval(this.#timer);
    if (this.#server === undefined) this.options.exit(0);
    else this.#server.kill("SIGTERM");
  }

  #start(): void {
    if (this.#stopping) return this.options.exit(0);
    const server = this.options.spawn();
    this.#server = server;
    this.#listened = false;
    server.once("exit", (code, signal) => this.#exited(code, signal));
    this.#timer = setInterval(() => void this.#check(server), CHECK_MS);
  }

  async #check(server: ChildProcess): Promise<void> {
    if (this.options.cache.isDamaged()) {
      this.#recover("Next's compiler failed: removing its cache and restarting.");
    } else if (!this.#listened && (await this.options.isListening()) && server === this.#server) {
      this.#listened = true;
    }
  }

  #exited(code: number | null, signal: NodeJS.Signals | null): void {
    const { cache, exit } = this.options;
    this.#server = undefined;
    clearInterval(this.#timer);
    if (this.#stopping || code === EXIT_CONFIGURATION) exit(code ?? (signal === null ? 0 : 1));
    else if (cache.isDamaged()) this.#recover("Next's compiler failed: removing its cache and restarting.");
    else if (!this.#listened && cache.exists()) {
      // Turbopack leaves no marker when it cannot even open its cache.
      this.#recover("The server did not start: removing the cache of Next's compiler and trying again.");
    } else {
      this.options.print("The server ended; save one of its files to start it again.");
    }
  }

  #recover(reason: string): void {
    clearInterval(this.#timer);
    if (this.#recoveries === MAX_RECOVERIES) {
      this.options.print(
        "Next's compiler failed again with an empty cache; save a file of the server to try once more.",
      );
      return;
    }
    this.#recoveries++;
    this.options.print(reason);
    void this.#enqueue(async () => {
      await this.#end(STOP_FAILED_MS);
      this.options.cache.remove();
      this.#start();
    });
  }

  async #end(killAfterMs?: number): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    clearInterval(this.#timer);
    server.removeAllListeners("exit");
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    const timer = killAfterMs === undefined ? undefined : setTimeout(() => server.kill("SIGKILL"), killAfterMs);
    await ended;
    clearTimeout(timer);
    this.#server = undefined;
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(task);
    return this.#queue;
  }
}
