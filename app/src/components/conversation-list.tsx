"use client";
import { type InboxState } from "../../client";
import { ConversationEntry } from "./conversation-entry";
import styles from "./conversation-list.module.css";
import { useDictionary } from "./dictionary";
import { MoreButton } from "./more-button";
import { Queue } from "./queue";
import { useRovingFocus } from "./use-roving-focus";

export interface ConversationListProps {
  readonly state: InboxState;
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
  readonly onTake: (id: string) => void;
  readonly onMore: (list: "mine" | "queue") => void;
}

/** The agent's own conversations, and below them the queue; each scrolls by itself, so that neither pushes the other off the screen. */
export function ConversationList({ state, openId, onOpen, onTake, onMore }: ConversationListProps) {
  const dictionary = useDictionary();
  if (!state.loaded) return <p className={styles.empty}>{dictionary.loading}</p>;
  return (
    <>
      <Mine state={state} openId={openId} onOpen={onOpen} onMore={() => onMore("mine")} />
      <Queue state={state} onTake={onTake} onMore={() => onMore("queue")} />
    </>
  );
}

interface MineProps {
  readonly state: InboxState;
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
  readonly onMore: () => void;
}

function Mine({ state: { mine, more }, openId, onOpen, onMore }: MineProps) {
  const dictionary = useDictionary();
  const ids = mine.map(({ id }) => id);
  const { listProps, itemProps } = useRovingFocus(ids, openId);
  return (
    <section aria-labelledby="mine-title" className={styles.mine}>
      <h2 id="mine-title" className={styles.title}>
        {dictionary.mine}
      </h2>
      {mine.length === 0 && <p className={styles.empty}>{dictionary.mineEmpty}</p>}
      <ul className={styles.list} {...listProps}>
        {mine.map((summary) => (
          <li key={summary.id}>
            <button
              type="button"
              className={styles.entry}
              aria-current={summary.id === openId ? "true" : undefined}
              onClick={() => onOpen(summary.id)}
              {...itemProps(summary.id)}
            >
              <ConversationEntry summary={summary} />
            </button>
          </li>
        ))}
      </ul>
      {more.mine && <MoreButton onMore={onMore} />}
    </section>
  );
}
