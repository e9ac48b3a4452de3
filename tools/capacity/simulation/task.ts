import { type Group } from "./clients";

interface Queued extends Group {
  readonly arrived: number;
}

/** A client gives a handshake up after that. Source: app/client/timings.ts, connectMs. */
const CONNECT_TIMEOUT_SEC = 15;

/** What a second of work came to. */
export interface Second {
  readonly connected: readonly Group[];
  readonly givenUp: readonly Group[];
  /** Share of its core that was used. */
  readonly utilization: number;
}

/** One task: connections, and handshakes that wait for its one core. */
export class Task {
  open = 0;
  /** Closed each second once the task drains; 0 while it serves. */
  closingPerSec = 0;
  private queue: Queued[] = [];

  constructor(
    /** Second from which the load balancer sends connections. */
    readonly readyAt: number,
    readonly generation: number,
  ) {}

  get queued(): number {
    return this.queue.reduce((sum, { count }) => sum + count, 0);
  }

  enqueue(now: number, group: Group): void {
    if (group.count > 0) this.queue.push({ ...group, arrived: now });
  }

  /** @param messageCpu core seconds that messages take of this second; they go first, as they come on open sockets */
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

  /** All that it holds, connected or waiting; it is gone afterwards. */
  abandon(now: number): Group[] {
    const left = [...this.queue, { count: this.open, attempt: 0, since: now }];
    this.open = 0;
    this.queue = [];
    return left;
  }
}
