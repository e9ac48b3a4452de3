"use client";
import { type InboxState, waitingSince } from "../../client";
import { type QueueEntry } from "../../protocol";
import styles from "./conversation-list.module.css";
import { formatDuration, formatTime, useDictionary } from "./dictionary";
import { MoreButton } from "./more-button";
import { NoteText } from "./note-text";
import { useNow } from "./use-now";
import { type RovingFocus, useRovingFocus } from "./use-roving-focus";

/** How often the waiting times are renewed, in milliseconds. */
const TICK_MS = 15_000;

export interface QueueProps {
  readonly state: InboxState;
  readonly onTake: (id: string) => void;
  readonly onMore: () => void;
}

/** The customers who wait for an agent, longest waiting first. */
export function Queue({ state: { queue, waiting, more }, onTake, onMore }: QueueProps) {
  const dictionary = useDictionary();
  const now = useNow(TICK_MS);
  const { listProps, itemProps } = useRovingFocus(queue.map(({ id }) => id));
  return (
    <section aria-labelledby="queue-title" className={styles.queue}>
      <h2 id="queue-title" className={styles.title}>
        {dictionary.queue} <span className={styles.count}>{waiting}</span>
      </h2>
      {queue.length === 0 && <p className={styles.empty}>{dictionary.queueEmpty}</p>}
      <ul className={styles.list} {...listProps}>
        {queue.map((entry) => (
          <Waiting key={entry.id} entry={entry} now={now} itemProps={itemProps(entry.id)} onTake={onTake} />
        ))}
      </ul>
      {more.queue && <MoreButton onMore={onMore} />}
    </section>
  );
}

interface WaitingProps {
  readonly entry: QueueEntry;
  readonly now: number;
  readonly itemProps: ReturnType<RovingFocus["itemProps"]>;
  readonly onTake: (id: string) => void;
}

function Waiting({ entry, now, itemProps, onTake }: WaitingProps) {
  const dictionary = useDictionary();
  return (
    <li className={styles.waiting}>
      <span className={styles.who}>
        <span className={styles.line}>
          <bdi className={styles.name}>{entry.visitorName}</bdi>
          <WaitingTime entry={entry} now={now} />
        </span>
        <bdi className={styles.preview}>{entry.preview ?? dictionary.noMessages}</bdi>
        {entry.note != null && <NoteText note={entry.note} />}
      </span>
      <button
        type="button"
        aria-label={dictionary.takeNamed(entry.visitorName)}
        onClick={() => onTake(entry.id)}
        {...itemProps}
      >
        {dictionary.take}
      </button>
    </li>
  );
}

function WaitingTime({ entry, now }: { readonly entry: QueueEntry; readonly now: number }) {
  const dictionary = useDictionary();
  const since = waitingSince(entry);
  const ms = now - Date.parse(since);
  return (
    <time
      className={styles.detail}
      dateTime={since}
      title={dictionary.waitingSince(formatTime(since, dictionary.locale))}
    >
      {ms < 60_000 ? dictionary.justNow : formatDuration(ms, dictionary.locale)}
    </time>
  );
}
