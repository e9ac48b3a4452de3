"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { type HistoryAnswer, type Message } from "../../protocol";
import { useDictionary } from "./dictionary";
import styles from "./message-list.module.css";
import { useMessenger } from "./messenger-provider";
import { SentMessage, showFound } from "./sent-message";

/** Messages on each side of the one that was found, and of one further page. */
const SIDE = 20;
const PAGE = 40;

export interface MessageSurroundingsProps {
  readonly conversationId: string;
  readonly seq: number;
  /** Shows the newest messages again. */
  readonly onNewest: () => void;
}

/** A message that a search has found and that is far above the loaded ones, between the messages around it. */
export function MessageSurroundings({ conversationId, seq, onNewest }: MessageSurroundingsProps) {
  const dictionary = useDictionary();
  const { messages, more, hasFailed, load } = useSurroundings(conversationId, seq);
  const scroller = useRef<HTMLDivElement>(null);
  const isThere = messages.length > 0;
  useEffect(() => {
    if (isThere) showFound(scroller.current, seq);
  }, [isThere, seq]);
  return (
    <div className={styles.frame}>
      <div className={styles.scroller} ref={scroller} tabIndex={0} role="group" aria-label={dictionary.messages}>
        {hasFailed && <p role="alert">{dictionary.failedAction}</p>}
        {!isThere && !hasFailed && <p className={styles.empty}>{dictionary.loading}</p>}
        {isThere && more.before && (
          <button type="button" className="quiet" onClick={() => load("before")}>
            {dictionary.loadEarlier}
          </button>
        )}
        {messages.map((message) => (
          <SentMessage key={message.seq} message={message} isFound={message.seq === seq} />
        ))}
        {isThere && more.after && (
          <button type="button" className="quiet" onClick={() => load("after")}>
            {dictionary.loadLater}
          </button>
        )}
      </div>
      <button type="button" className={styles.news} onClick={onNewest}>
        <span aria-hidden="true">↓ </span>
        {dictionary.toNewest}
      </button>
    </div>
  );
}

type Direction = "before" | "after";

function useSurroundings(conversationId: string, seq: number) {
  const { rest } = useMessenger();
  const [messages, setMessages] = useState<readonly Message[]>([]);
  const [more, setMore] = useState({ before: true, after: true });
  const [hasFailed, setHasFailed] = useState(false);

  const fetchPage = useCallback(
    async (query: string): Promise<HistoryAnswer | undefined> => {
      const answer = await rest.get<HistoryAnswer>(`/api/conversations/${conversationId}/messages?${query}`);
      setHasFailed(!answer.ok);
      return answer.ok ? answer : undefined;
    },
    [rest, conversationId],
  );

  useEffect(() => {
    let isCurrent = true;
    setMessages([]);
    void fetchPage(`before=${seq + SIDE + 1}&limit=${2 * SIDE + 1}`).then((page) => {
      if (!isCurrent || page === undefined) return;
      setMessages(page.messages);
      setMore({ before: page.more, after: true });
    });
    return () => {
      isCurrent = false;
    };
  }, [fetchPage, seq]);

  function load(direction: Direction): void {
    const from = direction === "before" ? messages[0]?.seq : messages.at(-1)?.seq;
    void fetchPage(`${direction}=${from ?? seq}&limit=${PAGE}`).then((page) => {
      if (page === undefined) return;
      setMessages((known) => (direction === "before" ? [...page.messages, ...known] : [...known, ...page.messages]));
      setMore((known) => ({ ...known, [direction]: page.more }));
    });
  }

  return { messages, more, hasFailed, load };
}
