import { divide } from "../random";

/** Clients that lost their connection in the same second and have made the same number of attempts. */
export interface Group {
  readonly count: number;
  readonly attempt: number;
  /** Second in which they lost it or arrived. */
  readonly since: number;
}

/** Seconds that the client waits before its next attempt: doubled each time, with jitter. Source: app/client/timings.ts. */
const FIRST_DELAY_SEC = 1;
const MAX_DELAY_SEC = 15;
const JITTER = 0.5;
/** Parts that a waiting group is split into, so that its attempts spread over several seconds. */
const PARTS = 8;

/** The clients that wait for their next attempt. */
export class Waiting {
  private readonly due = new Map<number, Group[]>();
  /** Number of clients. */
  count = 0;

  constructor(private readonly random: () => number) {}

  /** Schedules a group's next attempt after its delay. */
  retry(now: number, { count, attempt, since }: Group): void {
    const delay = Math.min(MAX_DELAY_SEC, FIRST_DELAY_SEC * 2 ** attempt);
    const shares = divide(count, PARTS, this.random);
    shares.forEach((share, part) => {
      const place = (part + this.random()) / PARTS;
      const wait = delay * (1 - JITTER + 2 * JITTER * place);
      this.at(now + Math.ceil(wait), { count: share, attempt: attempt + 1, since });
    });
  }

  /** Schedules a group's arrival at a given second. */
  at(second: number, group: Group): void {
    if (group.count === 0) return;
    this.due.set(second, [...(this.due.get(second) ?? []), group]);
    this.count += group.count;
  }

  /** Returns the groups that are due, with equal groups merged. */
  take(now: number): Group[] {
    const groups = this.due.get(now) ?? [];
    this.due.delete(now);
    const merged = new Map<string, Group>();
    for (const group of groups) {
      this.count -= group.count;
      const key = `${group.attempt} ${group.since}`;
      merged.set(key, { ...group, count: group.count + (merged.get(key)?.count ?? 0) });
    }
    return [...merged.values()];
  }
}
