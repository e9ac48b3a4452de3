/** One message as stored in PostgreSQL. */
export interface StoredMessage {
  readonly conversationId: string;
  readonly seq: number;
  readonly id: string;
}

/** What one client shows of one conversation at the end. */
export interface Screen {
  readonly reader: string;
  readonly conversationId: string;
  /** Message ids in the order shown. */
  readonly shown: readonly string[];
  /** Ids of messages that are still being sent. */
  readonly pending: readonly string[];
}

/** What the clients recorded about one message; see Journal. */
export interface Claim {
  readonly id: string;
  readonly conversationId: string;
  /** The writer, within whose messages order matters; `undefined` if order does not matter. */
  readonly writer: string | undefined;
  readonly ackedMs: number | undefined;
  /** Whether its writer is gone for good, so that its outcome may stay unknown. */
  readonly abandoned: boolean;
}

/** Violations by kind, as message ids. All must be empty. */
export interface Findings {
  /** Acknowledged and not stored. */
  readonly lost: readonly string[];
  /** Stored and never written. */
  readonly unexpected: readonly string[];
  /** Stored more than once, or more than once on one screen. */
  readonly duplicated: readonly string[];
  /** Stored in another order than written, with a gap in seq, or shown in another order than stored. */
  readonly disordered: readonly string[];
  /** Stored, but not on the screen of a member of the conversation. */
  readonly missing: readonly string[];
  /** Written, but not acknowledged, although the writer is connected. */
  readonly unacknowledged: readonly string[];
}

/**
 * Checks the messages like Jepsen's `set` and `total-queue` checkers: what was acknowledged is stored, what is stored was written, once
 * and in its writer's order, and every reader has all of it. A message with an unknown outcome may or may not be stored.
 * @param claims in the order of writing
 */
export function audit(
  claims: readonly Claim[],
  stored: readonly StoredMessage[],
  screens: readonly Screen[],
): Findings {
  const log = byConversation(stored);
  const storedIds = new Set(stored.map(({ id }) => id));
  const written = new Set(claims.map(({ id }) => id));
  return {
    lost: claims.filter(({ id, ackedMs }) => ackedMs !== undefined && !storedIds.has(id)).map(({ id }) => id),
    unexpected: stored.filter(({ id }) => !written.has(id)).map(({ id }) => id),
    duplicated: [
      ...repeated(stored.map(({ conversationId, id }) => `${conversationId}/${id}`)).map((key) => key.split("/")[1]!),
      ...screens.flatMap(({ shown, pending }) => repeated([...shown, ...pending])),
    ],
    disordered: [...afterGaps(stored), ...storedOutOfOrder(claims, log), ...shownOutOfOrder(screens, log)],
    missing: screens.flatMap(({ conversationId, shown }) => {
      const there = new Set(shown);
      return (log.get(conversationId) ?? []).filter((id) => !there.has(id));
    }),
    unacknowledged: claims.filter(({ ackedMs, abandoned }) => ackedMs === undefined && !abandoned).map(({ id }) => id),
  };
}

export function isClean(findings: Findings): boolean {
  return Object.values(findings).every((ids: readonly string[]) => ids.length === 0);
}

function byConversation(stored: readonly StoredMessage[]): Map<string, string[]> {
  const log = new Map<string, string[]>();
  for (const { conversationId, id } of [...stored].sort((a, b) => a.seq - b.seq)) {
    log.set(conversationId, [...(log.get(conversationId) ?? []), id]);
  }
  return log;
}

function repeated(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return ids.filter((id) => seen.has(id) || !seen.add(id));
}

/** Returns messages after a gap: sequence numbers must be 1, 2, 3, …, because readers detect missing messages by them. */
function afterGaps(stored: readonly StoredMessage[]): string[] {
  const expected = new Map<string, number>();
  return [...stored]
    .sort((a, b) => a.seq - b.seq)
    .filter(({ conversationId, seq }) => {
      const next = expected.get(conversationId) ?? 1;
      expected.set(conversationId, seq + 1);
      return seq !== next;
    })
    .map(({ id }) => id);
}

function storedOutOfOrder(claims: readonly Claim[], log: ReadonlyMap<string, readonly string[]>): string[] {
  const writerOf = new Map(claims.map(({ id, writer }) => [id, writer]));
  const turnOf = new Map(claims.map(({ id }, turn) => [id, turn]));
  return [...log.values()].flatMap((ids) => {
    const last = new Map<string, number>();
    return ids.filter((id) => {
      const writer = writerOf.get(id);
      const turn = turnOf.get(id);
      if (writer === undefined || turn === undefined) return false;
      const late = turn < (last.get(writer) ?? -1);
      last.set(writer, Math.max(turn, last.get(writer) ?? -1));
      return late;
    });
  });
}

function shownOutOfOrder(screens: readonly Screen[], log: ReadonlyMap<string, readonly string[]>): string[] {
  return screens.flatMap(({ conversationId, shown }) => {
    const place = new Map((log.get(conversationId) ?? []).map((id, index) => [id, index]));
    return shown.filter((id, index) => index > 0 && (place.get(id) ?? 0) < (place.get(shown[index - 1]!) ?? 0));
  });
}
