/** One message that somebody wrote. Times are in milliseconds since the journal began. */
export interface Attempt {
  readonly id: string;
  readonly conversationId: string;
  /** Whose order it is a part of; `undefined` where several were sent at once, and any order is right. */
  readonly writer: string | undefined;
  readonly writtenMs: number;
  /** Times that it was sent so far. */
  tries: number;
  ackedMs: number | undefined;
  /** Nobody waits for its acknowledgement any more: its outcome may stay unknown. */
  abandoned: boolean;
  /** When it came on the screen of each of the others. */
  readonly shownMs: Map<string, number>;
}

/** What all clients did and saw: the client's side of the audit. */
export class Journal {
  readonly attempts = new Map<string, Attempt>();
  private readonly begunAt = performance.now();

  now(): number {
    return performance.now() - this.begunAt;
  }

  attempted(id: string, conversationId: string, writer?: string): void {
    const writtenMs = this.now();
    const shownMs = new Map<string, number>();
    const attempt = { id, conversationId, writer, writtenMs, shownMs, tries: 0, ackedMs: undefined, abandoned: false };
    this.attempts.set(id, attempt);
  }

  abandon(id: string): void {
    const attempt = this.attempts.get(id);
    if (attempt) attempt.abandoned = true;
  }

  tried(id: string): void {
    const attempt = this.attempts.get(id);
    if (attempt) attempt.tries += 1;
  }

  acknowledged(id: string): void {
    const attempt = this.attempts.get(id);
    if (attempt) attempt.ackedMs ??= this.now();
  }

  /** The first time counts: a client that was loaded anew sees everything again. */
  shown(id: string, reader: string): void {
    const attempt = this.attempts.get(id);
    if (attempt && !attempt.shownMs.has(reader)) attempt.shownMs.set(reader, this.now());
  }
}
