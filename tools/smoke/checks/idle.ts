import { setTimeout as delay } from "node:timers/promises";
import { RawSocket } from "../../load/raw-socket";
import { type Check, CheckFailed, type SmokeRun } from "../check";
import { inTime } from "../client/client";
import { USER_AGENT } from "../client/http";
import { fetchTicket } from "../client/visitor";

/** Longer than 60 s, the idle timeout of an Application Load Balancer that nobody set. Source: ALB user guide, "Connection idle timeout". */
const SHORTEST_IDLE_SEC = 65;

/** Opens a socket that sends and receives nothing but heartbeats. The check `idle` waits for it. */
export function startIdleSocket(run: SmokeRun): void {
  run.idle = liveIdle(run);
  // The check reports it; until then nobody waits for it.
  run.idle.catch(() => undefined);
}

export const idle: Check = {
  id: "idle",
  title: "Idle socket",
  needs: ["sign-in", "handshake"],
  run: (run) => run.idle!,
};

/** Returns how long the socket stays open: two heartbeats at least, and beyond the load balancer's default. */
export function idleSecOf({ options, heartbeat }: Pick<SmokeRun, "options" | "heartbeat">): number {
  const { intervalSec, timeoutSec } = heartbeat ?? { intervalSec: 0, timeoutSec: 0 };
  return options.idleSec ?? Math.max(SHORTEST_IDLE_SEC, 2 * intervalSec + timeoutSec);
}

async function liveIdle(run: SmokeRun): Promise<string> {
  const { http, visitor, cookies } = run;
  const seconds = idleSecOf(run);
  const started = performance.now();
  let pings = 0;
  const ended = new AbortController();
  const socket = await RawSocket.connect({
    server: http.url,
    auth: { ticket: await fetchTicket(http, visitor!) },
    headers: { origin: http.origin, "user-agent": USER_AGENT, cookie: cookies?.[0] ?? "" },
    onPing: () => pings++,
    onClose: (code) => ended.abort(code),
  });
  try {
    await delay(seconds * 1000, undefined, { signal: ended.signal }).catch(() => undefined);
    if (ended.signal.aborted) throw cut(run, (performance.now() - started) / 1000, Number(ended.signal.reason));
    const question = socket.request("unsubscribe", { conversationId: visitor!.conversationId });
    await inTime(question, run.options.timeoutSec * 1000).catch(() => {
      throw dead(seconds);
    });
    return `open after ${seconds} s and ${pings} pings, and answers`;
  } finally {
    socket.close();
  }
}

function cut({ heartbeat }: SmokeRun, afterSec: number, code: number): CheckFailed {
  return new CheckFailed({
    found: `a socket with heartbeats only: expected it open, got closed after ${afterSec.toFixed(1)} s (code ${code})`,
    cause:
      afterSec < (heartbeat?.intervalSec ?? 0)
        ? `Something between closes connections that are idle for less than the ping interval of ${heartbeat?.intervalSec} s.`
        : "The task stopped, or something between limits how long a connection lives.",
    remedy:
      "Compare the load balancer's idle timeout with the heartbeat (alb-websocket: idleTimeoutSec), then proxies and CDN.",
  });
}

function dead(seconds: number): CheckFailed {
  return new CheckFailed({
    found: `a socket after ${seconds} s: expected an answer, got none although it is open`,
    cause: "Something between has forgotten the connection and drops its packets, as a NAT or a firewall does.",
    remedy: "Shorten the ping interval, or repeat the command from another network.",
  });
}
