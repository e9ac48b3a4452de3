/** What the client needs from its runtime, so that it works in a browser, in a test and in a load generator. */
export interface ClientEnvironment {
  readonly now: () => number;
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
  readonly uuid: () => string;
  /** Runs `task` while no other task of the same name runs, in any tab of the browser. */
  readonly lock: <T>(name: string, task: () => Promise<T>) => Promise<T>;
  /** Calls the listener when the machine may have been asleep or offline. Returns a function that removes it. */
  readonly onWake: (listener: () => void) => () => void;
  /** Calls the listener when the machine has lost its network. Returns a function that removes it. */
  readonly onOffline: (listener: () => void) => () => void;
}

/** Returns a lock that runs tasks of the same name one after the other, in this process. */
export function processLock(): ClientEnvironment["lock"] {
  const tails = new Map<string, Promise<unknown>>();
  return <T>(name: string, task: () => Promise<T>): Promise<T> => {
    const before = tails.get(name) ?? Promise.resolve();
    const run = before.then(task);
    const tail = run
      .catch(() => undefined)
      .then(() => {
        if (tails.get(name) === tail) tails.delete(name);
      });
    tails.set(name, tail);
    return run;
  };
}

export function nodeEnvironment(): ClientEnvironment {
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    uuid: () => crypto.randomUUID(),
    lock: processLock(),
    onWake: () => () => undefined,
    onOffline: () => () => undefined,
  };
}

/** Without Web Locks two tabs may send the same message at once; the server recognizes it by its client message id. */
export function browserEnvironment(browser: Window & typeof globalThis): ClientEnvironment {
  const { locks } = browser.navigator as { readonly locks?: LockManager };
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    uuid: () => uuid(browser.crypto),
    lock: locks === undefined ? processLock() : webLock(locks),
    onWake: (listener) => {
      const visible = (): void => {
        if (browser.document.visibilityState === "visible") listener();
      };
      browser.addEventListener("online", listener);
      browser.document.addEventListener("visibilitychange", visible);
      return () => {
        browser.removeEventListener("online", listener);
        browser.document.removeEventListener("visibilitychange", visible);
      };
    },
    onOffline: (listener) => {
      browser.addEventListener("offline", listener);
      return () => browser.removeEventListener("offline", listener);
    },
  };
}

function webLock(locks: LockManager): ClientEnvironment["lock"] {
  // TypeScript types the result as a promise of a promise, which does not exist at run time.
  return async <T>(name: string, task: () => Promise<T>) => (await locks.request(name, task)) as T;
}

/** Returns a version 4 UUID. `randomUUID` exists only on pages served by https or from localhost. */
function uuid(source: Crypto): string {
  const bytes = source.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
