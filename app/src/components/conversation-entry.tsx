"use client";
import { type ConversationSummary } from "../../protocol";
import styles from "./conversation-list.module.css";
import { formatTime, useDictionary } from "./dictionary";

/** What a list says about a conversation. */
export function ConversationEntry({ summary }: { readonly summary: ConversationSummary }) {
  const dictionary = useDictionary();
  const unread = Math.max(0, summary.lastSeq - summary.lastReadSeq);
  const { lastMessage } = summary;
  return (
    <span className={styles.who}>
      <span className={styles.line}>
        <bdi className={unread > 0 ? styles.unreadName : styles.name}>{summary.visitorName}</bdi>
        {lastMessage !== null && (
          <time className={styles.detail} dateTime={lastMessage.createdAt}>
            {formatTime(lastMessage.createdAt, dictionary.locale)}
          </time>
        )}
      </span>
      <span className={styles.line}>
        <bdi className={styles.preview}>{lastMessage?.body ?? dictionary.noMessages}</bdi>
        {summary.status === "closed" && <span className={styles.detail}>{dictionary.closed}</span>}
        {unread > 0 && (
          <span className={styles.badge}>
            <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
            <span className="visuallyHidden">{dictionary.unread(unread)}</span>
          </span>
        )}
      </span>
    </span>
  );
}
