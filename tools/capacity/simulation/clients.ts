import { divide } from "../random";

/** Clients that lost their connection in the same second and have tried as often. */
export interface Group {
  readonly count: number;
  readonly attempt: number;
  /** Second in which they lost it, or came. */
  readonly since: number;
}

/** Seconds that the app's client waits before its next try: doubled each time, give or take. Source: app/client/timings.ts. */
const FIRST_DELAY_SEC = 1;
const MAX_DELAY_SEC = 15;
const JITTER = 0.5;
/** Parts that a group is split into when it waits, so that its tries spread over the seconds. */
const PARTS = 8;

/** The clients that are between two tries. */
export class Waiting {
  private readonly due = new Map<number, Group[]>();
  /** How many there are. */
  count = 0;

  constructor(private readonly random: () => number) {}

  /** Lets a group try again after its delay. */
  retry(now: number, { count, attempt, since }: Group): void {
    const delay = Math.min(MAX_DELAY_SEC, FIRST_DELAY_SEC * 2 ** attempt);
    const shares = divide(count, PARTS, this.random);
    shares.forEach((share, part) => {
      const place = (part + this.random()) / PARTS;
      const wait = delay * (1 - JITTER + 2 * JITTER * place);
      this.at(now + Math.ceil(wait), { count: share, attempt: attempt + 1, since });
    });
  }

  /** Lets a group come at a second of its own. */
  at(second: number, group: Group): void {
    if (group.count === 0) return;
    this.due.set(second, [...(this.due.get(second) ?? []), group]);
    this.count += group.count;
  }

  /** Those whose turn it is, fewer groups where they are alike. */
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
