"use client";
import { waitingSince } from "../../client";
import { type QueueEntry } from "../../protocol";
import { formatTime, useDictionary } from "./dictionary";
import styles from "./inbox-view.module.css";
import { NoteText } from "./note-text";

export interface WaitingConversationProps {
  readonly entry: QueueEntry;
  readonly onTake: (id: string) => void;
  readonly onBack: () => void;
}

/** A conversation in the queue that a link or a search has led to: who waits, and a button to take it. */
export function WaitingConversation({ entry, onTake, onBack }: WaitingConversationProps) {
  const dictionary = useDictionary();
  return (
    <div className={styles.hint}>
      <h1 className={styles.waitingName}>
        <bdi>{entry.visitorName}</bdi>
      </h1>
      <p role="status">{dictionary.waitingSince(formatTime(waitingSince(entry), dictionary.locale))}</p>
      <blockquote className={styles.preview} dir="auto">
        {entry.preview ?? dictionary.noMessages}
      </blockquote>
      {entry.note != null && (
        <p>
          <NoteText note={entry.note} />
        </p>
      )}
      <p className={styles.choices}>
        <button type="button" onClick={() => onTake(entry.id)}>
          {dictionary.take}
        </button>
        <button type="button" className="quiet" onClick={onBack}>
          {dictionary.back}
        </button>
      </p>
    </div>
  );
}
