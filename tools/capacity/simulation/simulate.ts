import { divide, randomFrom } from "../random";
import { type Group, Waiting } from "./clients";
import { type Fleet, type Happening } from "./scenario";
import { Task } from "./task";

/** The state of the cell in one second. */
export interface Sample {
  readonly second: number;
  /** Connected clients that have caught up. */
  readonly open: number;
  readonly offline: number;
  readonly serving: number;
  /** CPU use of the busiest task, 0 to 1. */
  readonly utilization: number;
}

export interface Outcome {
  readonly samples: readonly Sample[];
  /** Seconds from the event until 99.9 % are connected again and have caught up; `undefined` when that never happened. */
  readonly recoveredSec: number | undefined;
  /** Seconds from the event until the fleet has its desired count. */
  readonly scaledSec: number | undefined;
  /** 99th percentile of the seconds that clients were without a connection. */
  readonly gapP99Sec: number;
  /** Seconds in which some task had no CPU left. */
  readonly overloadSec: number;
  /** Handshakes that timed out after 15 s. */
  readonly dropped: number;
}

/** Second of the event, after a quiet minute. */
export const EVENT_AT = 60;
const AUTOSCALER_PERIOD_SEC = 60;
/** Periods above the target before target tracking scales out. Source: Application Auto Scaling, alarms of target tracking. */
const SCALE_OUT_PERIODS = 3;
/** Most seconds until the first health checks pass, after provisioning and boot. */
const REGISTRATION_SPREAD_SEC = 15;
/** Seconds until clients notice a dead connection by the heartbeat. Source: contract, 25 s and 20 s. */
const NOTICE_SEC = { from: 20, to: 45 } as const;
const FULL = 0.99;
const DONE = 0.999;

/** Simulates an event second by second. The same fleet, event and seed give the same outcome. */
export function simulate(fleet: Fleet, happening: Happening, { seed = 1, seconds = 900 } = {}): Outcome {
  return new Run(fleet, happening, randomFrom(seed)).upTo(seconds);
}

class Run {
  private tasks: Task[];
  private readonly waiting: Waiting;
  private readonly samples: Sample[] = [];
  private readonly gaps = new Map<number, number>();
  private wantedTasks: number;
  private wantedOpen: number;
  private generation = 0;
  private above = 0;
  private launchable = 0;
  /** Clients that are connected again and wait for their catch-up. */
  private behind: Group[] = [];
  private overloadSec = 0;
  private dropped = 0;
  private scaledAt: number | undefined;

  constructor(
    private readonly fleet: Fleet,
    private readonly happening: Happening,
    private readonly random: () => number,
  ) {
    this.waiting = new Waiting(random);
    this.wantedTasks = fleet.tasks;
    this.wantedOpen = fleet.connections;
    this.tasks = divide(fleet.connections, fleet.tasks, random).map((open) => {
      const task = new Task(0, 0);
      task.open = open;
      return task;
    });
  }

  upTo(seconds: number): Outcome {
    for (let now = 0; now < seconds; now += 1) {
      if (now >= EVENT_AT) this.happen(now);
      this.autoscale(now);
      this.launch(now);
      this.drain(now);
      this.arrive(now);
      this.work(now);
    }
    const back = this.samples.find(
      ({ second, open }) => second > EVENT_AT + this.eventSec() && open >= DONE * this.wantedOpen,
    );
    return {
      samples: this.samples,
      recoveredSec: back && back.second - EVENT_AT,
      scaledSec: this.scaledAt === undefined ? undefined : this.scaledAt - EVENT_AT,
      gapP99Sec: this.gapP99(),
      overloadSec: this.overloadSec,
      dropped: this.dropped,
    };
  }

  /** Returns the duration of the event itself, before whose end nothing counts as recovered. */
  private eventSec(): number {
    if (this.happening.kind === "surge") return this.happening.overSec;
    return this.happening.kind === "zone lost" ? NOTICE_SEC.to : 1;
  }

  private happen(now: number): void {
    const { happening } = this;
    if (happening.kind === "surge") this.surge(now, happening.factor, happening.overSec);
    if (now !== EVENT_AT) return;
    if (happening.kind === "deploy") this.generation = 1;
    if (happening.kind === "storm") {
      for (const group of this.tasks.flatMap((task) => task.abandon(now))) this.waiting.retry(now, group);
    }
    if (happening.kind === "zone lost") this.loseZone(now);
  }

  private surge(now: number, factor: number, overSec: number): void {
    if (now >= EVENT_AT + overSec) return;
    const more = Math.round((this.fleet.connections * (factor - 1)) / overSec);
    this.wantedOpen += more;
    this.waiting.at(now, { count: more, attempt: 0, since: now });
  }

  private loseZone(now: number): void {
    const lost = this.tasks.filter((_, index) => index % this.fleet.zones === 0);
    this.tasks = this.tasks.filter((task) => !lost.includes(task));
    const span = NOTICE_SEC.to - NOTICE_SEC.from;
    for (const { count } of lost.flatMap((task) => task.abandon(now))) {
      divide(count, span, this.random).forEach((share, index) =>
        this.waiting.at(now + NOTICE_SEC.from + index, { count: share, attempt: 0, since: now }),
      );
    }
  }

  /** Models target tracking on connections per task: after three minutes above the target, scales out to meet it. */
  private autoscale(now: number): void {
    if (now === 0 || now % AUTOSCALER_PERIOD_SEC !== 0) return;
    const open = this.tasks.reduce((sum, task) => sum + task.open, 0);
    const perTask = open / Math.max(1, this.serving(now).length);
    this.above = perTask > this.fleet.targetPerTask ? this.above + 1 : 0;
    if (this.above < SCALE_OUT_PERIODS) return;
    this.wantedTasks = Math.max(this.wantedTasks, Math.ceil(open / this.fleet.targetPerTask));
  }

  /** Starts missing tasks at ECS's launch rate: lost ones, more, or those of the new release. */
  private launch(now: number): void {
    this.launchable = Math.min(this.fleet.launchesPerSec + 1, this.launchable + this.fleet.launchesPerSec);
    const current = this.tasks.filter(({ generation }) => generation === this.generation).length;
    for (let missing = this.wantedTasks - current; missing > 0 && this.launchable >= 1; missing -= 1) {
      this.launchable -= 1;
      const readyAt = now + this.fleet.startSec + Math.floor(this.random() * REGISTRATION_SPREAD_SEC);
      this.tasks.push(new Task(readyAt, this.generation));
    }
    const ready = this.serving(now).filter(({ generation }) => generation === this.generation).length;
    if (now < EVENT_AT || ready < this.wantedTasks) this.scaledAt = undefined;
    else this.scaledAt ??= now;
  }

  /** Drains an old task for each new one that serves, so that minimumHealthyPercent 100 holds. */
  private drain(now: number): void {
    const serving = this.serving(now);
    const old = serving.filter(({ generation }) => generation < this.generation);
    const leaving = Math.min(old.length, serving.length - this.wantedTasks);
    for (const task of old.slice(0, Math.max(0, leaving))) {
      task.closingPerSec = Math.max(1, Math.ceil(task.open / this.fleet.drainSec));
    }
    for (const task of this.tasks.filter(({ closingPerSec }) => closingPerSec > 0)) {
      const closed = Math.min(task.open, task.closingPerSec);
      task.open -= closed;
      this.waiting.retry(now, { count: closed, attempt: 0, since: now });
    }
    this.tasks = this.tasks.filter((task) => task.closingPerSec === 0 || task.open + task.queued > 0);
  }

  private arrive(now: number): void {
    const serving = this.serving(now);
    for (const group of this.waiting.take(now)) {
      if (serving.length === 0) this.waiting.retry(now, group);
      else {
        const shares = divide(group.count, serving.length, this.random);
        serving.forEach((task, index) => task.enqueue(now, { ...group, count: shares[index]! }));
      }
    }
  }

  private work(now: number): void {
    const { messagesPerSec, sharedCpu, foreignCpu, handshakeCpu } = this.fleet;
    const open = this.tasks.reduce((sum, task) => sum + task.open, 0);
    // Offline clients send nothing. Each message is work for its tasks, and every task inspects it.
    const messages = (messagesPerSec * open) / this.fleet.connections;
    let utilization = 0;
    for (const task of this.tasks.filter(({ readyAt }) => readyAt <= now)) {
      const own = open === 0 ? 0 : task.open / open;
      const second = task.work(now, messages * (own * sharedCpu + foreignCpu), handshakeCpu);
      this.behind.push(...second.connected);
      for (const group of second.givenUp) {
        this.dropped += group.count;
        this.waiting.retry(now, group);
      }
      utilization = Math.max(utilization, second.utilization);
    }
    if (utilization >= FULL) this.overloadSec += 1;
    this.catchUp(now);
    const behind = this.behind.reduce((sum, { count }) => sum + count, 0);
    const nowOpen = this.tasks.reduce((sum, task) => sum + task.open, 0) - behind;
    const offline = Math.max(0, this.wantedOpen - nowOpen);
    this.samples.push({ second: now, open: nowOpen, offline, serving: this.serving(now).length, utilization });
  }

  /** Catches up reconnected clients in order, with one database query each. */
  private catchUp(now: number): void {
    let room = Math.floor(Math.max(0, this.fleet.catchUpsPerSec));
    while (room > 0 && this.behind.length > 0) {
      const first = this.behind.shift()!;
      const taken = Math.min(room, first.count);
      this.noteGap(now, { ...first, count: taken });
      if (taken < first.count) this.behind.unshift({ ...first, count: first.count - taken });
      room -= taken;
    }
  }

  private noteGap(now: number, { count, since }: Group): void {
    this.gaps.set(now - since, (this.gaps.get(now - since) ?? 0) + count);
  }

  private gapP99(): number {
    const sorted = [...this.gaps].sort(([a], [b]) => a - b);
    const all = sorted.reduce((sum, [, count]) => sum + count, 0);
    let seen = 0;
    for (const [gap, count] of sorted) {
      seen += count;
      if (seen >= 0.99 * all) return gap;
    }
    return 0;
  }

  private serving(now: number): Task[] {
    return this.tasks.filter(({ readyAt, closingPerSec }) => readyAt <= now && closingPerSec === 0);
  }
}
