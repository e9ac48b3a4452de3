"use client";
import { type InboxState } from "../../client";
import { type ConversationHeader, type ConversationSummary } from "../../protocol";
import styles from "./conversation-list.module.css";
import { formatTime, useDictionary } from "./dictionary";

export interface ConversationListProps {
  readonly state: InboxState;
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
  readonly onTake: (id: string) => void;
  readonly onMore: () => void;
}

export function ConversationList({ state, openId, onOpen, onTake, onMore }: ConversationListProps) {
  const dictionary = useDictionary();
  if (!state.loaded) return <p className={styles.empty}>{dictionary.loading}</p>;
  return (
    <>
      <section aria-labelledby="queue-title">
        <h2 id="queue-title" className={styles.title}>
          {dictionary.queue} <span className={styles.count}>{state.queue.length}</span>
        </h2>
        {state.queue.length === 0 && <p className={styles.empty}>{dictionary.queueEmpty}</p>}
        <ul className={styles.list}>
          {state.queue.map((header) => (
            <Waiting key={header.id} header={header} onTake={onTake} />
          ))}
        </ul>
      </section>
      <section aria-labelledby="mine-title">
        <h2 id="mine-title" className={styles.title}>
          {dictionary.mine}
        </h2>
        {state.mine.length === 0 && <p className={styles.empty}>{dictionary.mineEmpty}</p>}
        <ul className={styles.list}>
          {state.mine.map((summary) => (
            <Mine key={summary.id} summary={summary} isOpen={summary.id === openId} onOpen={onOpen} />
          ))}
        </ul>
      </section>
      {state.hasMore && (
        <p className={styles.empty}>
          <button type="button" className="quiet" onClick={onMore}>
            {dictionary.showMore}
          </button>
        </p>
      )}
    </>
  );
}

function Waiting({ header, onTake }: { readonly header: ConversationHeader; readonly onTake: (id: string) => void }) {
  const dictionary = useDictionary();
  return (
    <li className={styles.waiting}>
      <span className={styles.who}>
        <bdi className={styles.name}>{header.visitorName}</bdi>
        <span className={styles.detail}>
          {dictionary.waitingSince(formatTime(header.createdAt, dictionary.locale))}
        </span>
      </span>
      <button type="button" aria-label={dictionary.takeNamed(header.visitorName)} onClick={() => onTake(header.id)}>
        {dictionary.take}
      </button>
    </li>
  );
}

interface MineProps {
  readonly summary: ConversationSummary;
  readonly isOpen: boolean;
  readonly onOpen: (id: string) => void;
}

function Mine({ summary, isOpen, onOpen }: MineProps) {
  const dictionary = useDictionary();
  const unread = Math.max(0, summary.lastSeq - summary.lastReadSeq);
  const { lastMessage } = summary;
  return (
    <li>
      <button
        type="button"
        className={styles.entry}
        aria-current={isOpen ? "true" : undefined}
        onClick={() => onOpen(summary.id)}
      >
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
      </button>
    </li>
  );
}
