"use client";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { type ConversationView, type OutboxItem } from "../../client";
import { isolated } from "../../protocol/visible-text";
import { type Dictionary } from "../i18n/en";
import styles from "./message-list.module.css";
import { useClientState, useMessenger } from "./messenger-provider";
import { useDictionary } from "./dictionary";
import { SentMessage, showFound } from "./sent-message";

/** Distance from the end, in pixels, that still counts as reading the newest message. */
const NEAR_END = 48;

export interface MessageListProps {
  readonly view: ConversationView;
  /** Whether older messages are being fetched, which screen readers must not announce. */
  readonly busy: boolean;
  readonly onEarlier: () => void;
  /** The message that a search has led to, when it is loaded. */
  readonly foundSeq: number | undefined;
}

/** Shows messages. Their text is rendered as plain text only. */
export function MessageList({ view, busy, onEarlier, foundSeq }: MessageListProps) {
  const dictionary = useDictionary();
  const { scroller, hasNews, toEnd, onScroll } = useStickToEnd(view, foundSeq);
  return (
    <div className={styles.frame}>
      <div
        className={styles.scroller}
        ref={scroller}
        onScroll={onScroll}
        tabIndex={0}
        role="group"
        aria-label={dictionary.messages}
      >
        {view.hasEarlier && (
          <button type="button" className="quiet" disabled={busy} onClick={onEarlier}>
            {dictionary.loadEarlier}
          </button>
        )}
        {!view.hasEarlier && view.messages.length === 0 && view.outgoing.length === 0 && (
          <p className={styles.empty}>{dictionary.noMessages}</p>
        )}
        <div role="log" aria-live="polite" aria-relevant="additions" aria-busy={busy} aria-label={dictionary.messages}>
          {view.messages.map((message) => (
            <SentMessage key={message.clientMessageId} message={message} isFound={message.seq === foundSeq} />
          ))}
          {view.outgoing.map((item) => (
            <Outgoing key={item.clientMessageId} item={item} />
          ))}
        </div>
      </div>
      {hasNews && (
        <button type="button" className={styles.news} onClick={toEnd}>
          <span aria-hidden="true">↓ </span>
          {dictionary.newMessages}
        </button>
      )}
      <p className={styles.typing} aria-hidden={view.typing.length === 0}>
        {typingText(view.typing, dictionary)}
      </p>
    </div>
  );
}

/** Says who is typing. A customer is not told which agent: the name is empty. */
function typingText(names: readonly string[], dictionary: Dictionary): string {
  if (names.length === 0) return "";
  return names.includes("") ? dictionary.somebodyTyping : dictionary.typing(names.map(isolated).join(", "));
}

function Outgoing({ item }: { readonly item: OutboxItem }) {
  const dictionary = useDictionary();
  const { client } = useMessenger();
  const { connection } = useClientState();
  return (
    <article className={`${styles.own} ${item.failure === undefined ? styles.pending : styles.failed}`} data-outgoing>
      <header className={styles.meta}>
        <span className={styles.sender}>{dictionary.you}</span>
        <span>
          {item.failure !== undefined && `✕ ${dictionary.notSent}`}
          {item.failure === undefined &&
            `… ${connection.status === "online" ? dictionary.sending : dictionary.sendingWhenOnline}`}
        </span>
      </header>
      <p className={styles.body} dir="auto">
        {item.body}
      </p>
      {item.failure !== undefined && (
        <p className={styles.actions}>
          <span>{item.failure.message}</span>
          <button type="button" className="quiet" onClick={() => void client.retry(item.clientMessageId)}>
            {dictionary.retry}
          </button>
          <button type="button" className="quiet" onClick={() => void client.discard(item.clientMessageId)}>
            {dictionary.discard}
          </button>
        </p>
      )}
    </article>
  );
}

/** Scrolls to the newest message while the person is at the end, and keeps the position while they read further up. */
function useStickToEnd(view: ConversationView, foundSeq: number | undefined) {
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const shown = useRef({ first: view.messages[0]?.seq, height: 0 });
  const [hasNews, setHasNews] = useState(false);

  function toEnd(): void {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
    setHasNews(false);
  }

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const first = view.messages[0]?.seq;
    const isOlder = shown.current.first !== undefined && first !== undefined && first < shown.current.first;
    if (isAtEnd.current || view.outgoing.length > 0) element.scrollTop = element.scrollHeight;
    else if (isOlder) element.scrollTop += element.scrollHeight - shown.current.height;
    else if (element.scrollHeight > shown.current.height) setHasNews(true);
    shown.current = { first, height: element.scrollHeight };
  }, [view.messages, view.outgoing]);

  useLayoutEffect(() => {
    if (foundSeq !== undefined && showFound(scroller.current, foundSeq)) isAtEnd.current = false;
  }, [foundSeq]);

  // The visible height changes too, when a banner appears or the composer grows.
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  function onScroll(): void {
    const element = scroller.current;
    if (element === null) return;
    isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    if (isAtEnd.current) setHasNews(false);
  }

  return { scroller, hasNews, toEnd, onScroll };
}
