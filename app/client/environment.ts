/** What the client takes from the place that it runs in, so that it runs in a browser, in a test and in a load generator alike. */
export interface ClientEnvironment {
  readonly now: () => number;
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
  readonly uuid: () => string;
  /** Runs `task` while nobody else, in any tab of the same browser, runs one under the same name. */
  readonly lock: <T>(name: string, task: () => Promise<T>) => Promise<T>;
  /** Calls when the machine may have been asleep or without a network; returns how to stop. */
  readonly onWake: (listener: () => void) => () => void;
}

/** Tasks of one name after each other, in this process. */
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
  };
}

/** Without Web Locks two tabs may send the same message at once; the server knows it by its id. */
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
  };
}

function webLock(locks: LockManager): ClientEnvironment["lock"] {
  // Its type in TypeScript says a promise of a promise, which no caller can ever see.
  return async <T>(name: string, task: () => Promise<T>) => (await locks.request(name, task)) as T;
}

/** Version 4; `randomUUID` exists only on pages that came by https or from localhost. */
function uuid(source: Crypto): string {
  const bytes = source.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
