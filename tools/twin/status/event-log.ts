import { type TwinEvent } from "./status";

const EVENTS_KEPT = 200;

/** Keeps the last 200 events of a twin. */
export class EventLog {
  private readonly log: TwinEvent[] = [];

  constructor(private readonly onEvent: ((event: TwinEvent) => void) | undefined) {}

  get events(): readonly TwinEvent[] {
    return this.log;
  }

  add(message: string): void {
    const event = { atMs: Date.now(), message };
    this.log.push(event);
    if (this.log.length > EVENTS_KEPT) this.log.shift();
    this.onEvent?.(event);
  }
}
