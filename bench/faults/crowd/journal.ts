/** One written message. Times are in milliseconds since the journal was created. */
export interface Attempt {
  readonly id: string;
  readonly conversationId: string;
  /** The writer, within whose messages order matters; `undefined` for messages sent concurrently, where any order is correct. */
  readonly writer: string | undefined;
  readonly writtenMs: number;
  /** Number of times it was sent. */
  tries: number;
  ackedMs: number | undefined;
  /** Whether its client is gone for good, so that its outcome may stay unknown. */
  abandoned: boolean;
  /** When each reader's screen first showed it. */
  readonly shownMs: Map<string, number>;
}

/** Records what all clients wrote, sent and showed, for the audit. */
export class Journal {
  readonly attempts = new Map<string, Attempt>();
  private readonly startedAt = performance.now();

  now(): number {
    return performance.now() - this.startedAt;
  }

  /** Records the first time only: a client offers messages again that a restored database no longer has. */
  attempted(id: string, conversationId: string, writer?: string): void {
    if (this.attempts.has(id)) return;
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

  /** Records the first time only: a reloaded client shows everything again. */
  shown(id: string, reader: string): void {
    const attempt = this.attempts.get(id);
    if (attempt && !attempt.shownMs.has(reader)) attempt.shownMs.set(reader, this.now());
  }
}
