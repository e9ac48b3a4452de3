import { createServer } from "node:net";

/** Below Linux's range for outgoing connections, so that a port stays free while its server restarts. */
const FIRST = 10_240;
const LAST = 32_000;

/** Returns a TCP port of 127.0.0.1 that no process listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (await isFree(port)) {
      return port;
    }
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
