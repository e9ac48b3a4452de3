import { type Group } from "./clients";

interface Queued extends Group {
  readonly arrived: number;
}

/** Seconds after which a client gives up a handshake. Source: app/client/timings.ts, connectMs. */
const CONNECT_TIMEOUT_SEC = 15;

/** The result of one second of work. */
export interface Second {
  readonly connected: readonly Group[];
  readonly givenUp: readonly Group[];
  /** Share of its core in use. */
  readonly utilization: number;
}

/** One task: connections, and handshakes that wait for its one core. */
export class Task {
  open = 0;
  /** Connections closed a second while the task drains; 0 while it serves. */
  closingPerSec = 0;
  private queue: Queued[] = [];

  constructor(
    /** Second from which the load balancer sends it connections. */
    readonly readyAt: number,
    readonly generation: number,
  ) {}

  get queued(): number {
    return this.queue.reduce((sum, { count }) => sum + count, 0);
  }

  enqueue(now: number, group: Group): void {
    if (group.count > 0) this.queue.push({ ...group, arrived: now });
  }

  /** Runs one second. @param messageCpu core seconds for messages, which take precedence over handshakes */
  work(now: number, messageCpu: number, handshakeCpu: number): Second {
    const connected: Group[] = [];
    const givenUp = this.queue.filter(({ arrived }) => now - arrived >= CONNECT_TIMEOUT_SEC);
    this.queue = this.queue.filter(({ arrived }) => now - arrived < CONNECT_TIMEOUT_SEC);
    let room = Math.floor(Math.max(0, 1 - messageCpu) / handshakeCpu);
    let done = 0;
    while (room > 0 && this.queue.length > 0) {
      const first = this.queue.shift()!;
      const taken = Math.min(room, first.count);
      connected.push({ ...first, count: taken });
      if (taken < first.count) this.queue.unshift({ ...first, count: first.count - taken });
      room -= taken;
      done += taken;
    }
    this.open += done;
    return { connected, givenUp, utilization: Math.min(1, messageCpu + done * handshakeCpu) };
  }

  /** Removes the task and returns its clients, connected or waiting. */
  abandon(now: number): Group[] {
    const left = [...this.queue, { count: this.open, attempt: 0, since: now }];
    this.open = 0;
    this.queue = [];
    return left;
  }
}
