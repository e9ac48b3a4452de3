"use client";
import { useCallback, useEffect, useState } from "react";
import { type OtherConversation, type OthersAnswer } from "../../protocol";
import { ConversationEntry } from "./conversation-entry";
import styles from "./conversation-list.module.css";
import { useDictionary } from "./dictionary";
import { useMessenger } from "./messenger-provider";
import { MoreButton } from "./more-button";
import { useRovingFocus } from "./use-roving-focus";

/** Conversations per page. */
const PAGE = 50;

export interface OtherConversationsProps {
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
}

/** For admins: the conversations of all other agents, and closed ones. Fetched when it is opened. */
export function OtherConversations({ openId, onOpen }: OtherConversationsProps) {
  const dictionary = useDictionary();
  const [isShown, setIsShown] = useState(false);
  return (
    <details className={styles.others} onToggle={(event) => setIsShown(event.currentTarget.open)}>
      <summary className={styles.title}>{dictionary.others}</summary>
      {isShown && <Others openId={openId} onOpen={onOpen} />}
    </details>
  );
}

function Others({ openId, onOpen }: OtherConversationsProps) {
  const dictionary = useDictionary();
  const { others, hasMore, problem, loadMore } = useOthers();
  const { listProps, itemProps } = useRovingFocus(others?.map(({ id }) => id) ?? [], openId);
  if (problem) return <p className={styles.empty}>{dictionary.failedAction}</p>;
  if (others === undefined) return <p className={styles.empty}>{dictionary.loading}</p>;
  if (others.length === 0) return <p className={styles.empty}>{dictionary.othersEmpty}</p>;
  return (
    <>
      <ul className={styles.list} {...listProps}>
        {others.map((other) => (
          <li key={other.id}>
            <button
              type="button"
              className={styles.entry}
              aria-current={other.id === openId ? "true" : undefined}
              onClick={() => onOpen(other.id)}
              {...itemProps(other.id)}
            >
              <ConversationEntry summary={other} />
              <bdi className={styles.detail}>{other.memberNames.join(", ")}</bdi>
            </button>
          </li>
        ))}
      </ul>
      {hasMore && <MoreButton onMore={loadMore} />}
    </>
  );
}

function useOthers() {
  const { rest } = useMessenger();
  const [others, setOthers] = useState<readonly OtherConversation[]>();
  const [next, setNext] = useState<string | null>(null);
  const [problem, setProblem] = useState(false);

  const load = useCallback(
    async (cursor?: string) => {
      const query = `limit=${PAGE}${cursor === undefined ? "" : `&cursor=${cursor}`}`;
      const answer = await rest.get<OthersAnswer>(`/api/conversations/others?${query}`);
      setProblem(!answer.ok);
      if (!answer.ok) return;
      setOthers((known) => [...(cursor === undefined ? [] : (known ?? [])), ...answer.others]);
      setNext(answer.next);
    },
    [rest],
  );

  useEffect(() => void load(), [load]);
  return { others, hasMore: next !== null, problem, loadMore: () => void load(next ?? undefined) };
}
