import { type ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import { ServerRunner } from "../../development/server-runner";

/** A process that ends by the signals that it obeys. */
class FakeServer extends EventEmitter {
  readonly signals: string[] = [];
  obeys = ["SIGTERM", "SIGKILL"];

  kill(signal: string): void {
    this.signals.push(signal);
    if (this.obeys.includes(signal)) setImmediate(() => this.emit("exit", signal === "SIGTERM" ? 0 : null, null));
  }
}

let servers: FakeServer[];
let printed: string[];
let exits: number[];
let damaged: boolean;
let cached: boolean;
let listening: boolean;
let removals: number;
let runner: ServerRunner;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick"] });
  servers = [];
  printed = [];
  exits = [];
  damaged = false;
  cached = false;
  listening = true;
  removals = 0;
  runner = new ServerRunner({
    spawn: () => {
      const server = new FakeServer();
      servers.push(server);
      return server as unknown as ChildProcess;
    },
    isListening: () => Promise.resolve(listening),
    cache: {
      exists: () => cached,
      isDamaged: () => damaged,
      remove: () => {
        damaged = false;
        cached = false;
        removals++;
      },
    },
    print: (line) => printed.push(line),
    exit: (code) => exits.push(code),
  });
});

afterEach(() => jest.useRealTimers());

async function settle(ms = 1000): Promise<void> {
  await jest.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const RECOVERING = "Next's compiler failed: removing its cache and restarting.";

describe("ServerRunner", () => {
  it("runs one server at a time", async () => {
    await runner.restart();
    await runner.restart();
    expect(servers.map(({ signals }) => signals)).toEqual([["SIGTERM"], []]);
    expect(printed).toEqual([]);
  });

  it("removes a cache that an earlier run left damaged before it starts a server", async () => {
    damaged = true;
    await runner.restart();
    expect({ removals, servers: servers.length }).toEqual({ removals: 1, servers: 1 });
    expect(printed).toEqual(["Next's compiler failed in the last run: removing its cache."]);
  });

  it("restarts a running server with an empty cache when the compiler fails", async () => {
    await runner.restart();
    damaged = true;
    await settle();
    expect({ removals, servers: servers.length, printed }).toEqual({ removals: 1, servers: 2, printed: [RECOVERING] });
    await settle(60_000);
    expect(servers).toHaveLength(2);
  });

  it("does so too when the compiler's failure ended the server", async () => {
    await runner.restart();
    damaged = true;
    servers[0]!.emit("exit", 1, null);
    await settle(0);
    expect({ removals, servers: servers.length, printed }).toEqual({ removals: 1, servers: 2, printed: [RECOVERING] });
  });

  it("tries once more without a cache when the server does not start with one", async () => {
    listening = false;
    cached = true;
    await runner.restart();
    await settle();
    servers[0]!.emit("exit", 1, null);
    await settle();
    servers[1]!.emit("exit", 1, null);
    await settle();
    expect({ removals, servers: servers.length, printed }).toEqual({
      removals: 1,
      servers: 2,
      printed: [
        "The server did not start: removing the cache of Next's compiler and trying again.",
        "The server ended; save one of its files to start it again.",
      ],
    });
  });

  it("kills a failed server that does not stop", async () => {
    await runner.restart();
    servers[0]!.obeys = ["SIGKILL"];
    damaged = true;
    await settle(6_000);
    expect(servers[0]!.signals).toEqual(["SIGTERM", "SIGKILL"]);
    expect(servers).toHaveLength(2);
  });

  it("gives up after two recoveries, until a file of the server is saved", async () => {
    await runner.restart();
    for (let failure = 0; failure < 3; failure++) {
      damaged = true;
      await settle();
    }
    expect(servers).toHaveLength(3);
    expect(printed).toEqual([
      RECOVERING,
      RECOVERING,
      "Next's compiler failed again with an empty cache; save a file of the server to try once more.",
    ]);
    await runner.restart();
    damaged = true;
    await settle();
    expect(servers).toHaveLength(5);
  });

  it("leaves a server that crashed for another reason down until a file is saved", async () => {
    await runner.restart();
    cached = true;
    await settle();
    servers[0]!.emit("exit", 1, null);
    await settle(60_000);
    expect({ servers: servers.length, exits, printed }).toEqual({
      servers: 1,
      exits: [],
      printed: ["The server ended; save one of its files to start it again."],
    });
    await runner.restart();
    expect(servers).toHaveLength(2);
  });

  it("exits when the configuration is wrong", async () => {
    await runner.restart();
    servers[0]!.emit("exit", 78, null);
    expect(exits).toEqual([78]);
  });

  it("exits with the server's code when it is stopped, and at once without a server", async () => {
    await runner.restart();
    runner.stop();
    await settle(0);
    expect({ signals: servers[0]!.signals, exits }).toEqual({ signals: ["SIGTERM"], exits: [0] });
    runner.stop();
    expect(exits).toEqual([0, 0]);
  });

  it("exits when it is stopped during a restart", async () => {
    await runner.restart();
    const restarted = runner.restart();
    await Promise.resolve();
    runner.stop();
    await restarted;
    expect({ servers: servers.length, exits }).toEqual({ servers: 1, exits: [0] });
  });
});
