"use client";
import { type ConversationSummary, type QueueEntry } from "../../protocol";
import { Conversation } from "./conversation";
import { ConversationHead } from "./conversation-head";
import { useDictionary } from "./dictionary";
import styles from "./inbox-view.module.css";
import { WaitingConversation } from "./waiting-conversation";

export interface ConversationPaneProps {
  /** The open conversation; `undefined` shows a hint to choose one. */
  readonly summary: ConversationSummary | undefined;
  /** The conversation of the address when it is in the queue, where it can be taken. */
  readonly waiting: QueueEntry | undefined;
  /** The message that a search has led to. */
  readonly foundSeq: number | undefined;
  /** Whether the address names a conversation that is not the agent's. */
  readonly isMissing: boolean;
  /** Whether the agent has just taken it, and continues in it. */
  readonly isTaken: boolean;
  readonly onBack: () => void;
  readonly onTake: (id: string) => void;
  readonly onNewest: () => void;
  readonly onChanged: () => void;
  readonly onSeen: () => void;
}

/** The open conversation of the inbox. */
export function ConversationPane(props: ConversationPaneProps) {
  const dictionary = useDictionary();
  const { summary, waiting, foundSeq, isTaken, onBack, onTake, onNewest, onChanged, onSeen } = props;
  const label = summary?.visitorName ?? waiting?.visitorName ?? dictionary.messages;
  return (
    <section className={styles.conversation} aria-label={label}>
      {summary !== undefined && (
        <>
          <ConversationHead key={`head-${summary.id}`} summary={summary} onBack={onBack} onChanged={onChanged} />
          <Conversation
            key={summary.id}
            conversationId={summary.id}
            takesFocus={isTaken}
            foundSeq={foundSeq}
            onNewest={onNewest}
            onSeen={onSeen}
          />
        </>
      )}
      {summary === undefined && waiting !== undefined && (
        <WaitingConversation entry={waiting} onTake={onTake} onBack={onBack} />
      )}
      {summary === undefined && waiting === undefined && <NoConversation isMissing={props.isMissing} onBack={onBack} />}
    </section>
  );
}

function NoConversation({ isMissing, onBack }: Pick<ConversationPaneProps, "isMissing" | "onBack">) {
  const dictionary = useDictionary();
  return (
    <div className={styles.hint}>
      <p role="status">{isMissing ? dictionary.conversationMissing : dictionary.pickConversation}</p>
      {isMissing && (
        <button type="button" className="quiet" onClick={onBack}>
          {dictionary.back}
        </button>
      )}
    </div>
  );
}
