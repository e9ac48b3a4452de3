"use client";
import { type Message } from "../../protocol";
import { formatTime, useDictionary } from "./dictionary";
import styles from "./message-list.module.css";
import { useMessenger } from "./messenger-provider";

/** One stored message. @param isFound whether a search has led to it */
export function SentMessage({ message, isFound = false }: { readonly message: Message; readonly isFound?: boolean }) {
  const dictionary = useDictionary();
  const { client } = useMessenger();
  const isOwn = message.senderId === client.principal.userId;
  return (
    <article
      className={`${isOwn ? styles.own : styles.other} ${isFound ? styles.found : ""}`}
      data-seq={message.seq}
      tabIndex={isFound ? -1 : undefined}
      aria-current={isFound ? "true" : undefined}
    >
      <header className={styles.meta}>
        <bdi className={styles.sender}>{isOwn ? dictionary.you : message.senderName}</bdi>
        <time dateTime={message.createdAt}>{formatTime(message.createdAt, dictionary.locale)}</time>
      </header>
      <p className={styles.body} dir="auto">
        {message.body}
      </p>
    </article>
  );
}

/** Brings the message that a search has led to into view, and the focus to it. Returns false when it is not there. */
export function showFound(scroller: HTMLElement | null, seq: number): boolean {
  const found = scroller?.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
  found?.scrollIntoView({ block: "center" });
  found?.focus({ preventScroll: true });
  return found != null;
}
