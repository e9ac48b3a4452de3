"use client";
import { type ConversationSummary } from "../../protocol";
import { Conversation } from "./conversation";
import { ConversationHead } from "./conversation-head";
import { useDictionary } from "./dictionary";
import styles from "./inbox-view.module.css";

export interface ConversationPaneProps {
  /** The open conversation; `undefined` shows a hint to choose one. */
  readonly summary: ConversationSummary | undefined;
  /** Whether the address names a conversation that is not the agent's. */
  readonly isMissing: boolean;
  /** Whether the agent has just taken it, and continues in it. */
  readonly isTaken: boolean;
  readonly onBack: () => void;
  readonly onChanged: () => void;
  readonly onSeen: () => void;
}

/** The open conversation of the inbox. */
export function ConversationPane({ summary, isMissing, isTaken, onBack, onChanged, onSeen }: ConversationPaneProps) {
  const dictionary = useDictionary();
  return (
    <section className={styles.conversation} aria-label={summary?.visitorName ?? dictionary.messages}>
      {summary === undefined ? (
        <div className={styles.hint}>
          <p role="status">{isMissing ? dictionary.conversationMissing : dictionary.pickConversation}</p>
          {isMissing && (
            <button type="button" className="quiet" onClick={onBack}>
              {dictionary.back}
            </button>
          )}
        </div>
      ) : (
        <>
          <ConversationHead key={`head-${summary.id}`} summary={summary} onBack={onBack} onChanged={onChanged} />
          <Conversation key={summary.id} conversationId={summary.id} takesFocus={isTaken} onSeen={onSeen} />
        </>
      )}
    </section>
  );
}
