"use client";
import { useCallback, useEffect, useState } from "react";
import { type ConversationView } from "../../client";
import { Composer } from "./composer";
import styles from "./conversation.module.css";
import { MessageList } from "./message-list";
import { MessageSurroundings } from "./message-surroundings";
import { useClientState, useMessenger } from "./messenger-provider";
import { useDictionary } from "./dictionary";

/** Older messages are fetched on opening when there are fewer than this. */
const FIRST_SCREEN = 20;

export interface ConversationProps {
  readonly conversationId: string;
  /** Whether the person continues here by keyboard. @default false */
  readonly takesFocus?: boolean;
  /** A message that a search has led to. @default none */
  readonly foundSeq?: number | undefined;
  /** Called to show the newest messages instead of the one that was found. */
  readonly onNewest?: () => void;
  /** Called when everything received has been visible on screen. */
  readonly onSeen: () => void;
}

/** The messages of one conversation and the field to write the next. Use the conversation's id as `key`. */
export function Conversation({
  conversationId,
  takesFocus = false,
  foundSeq,
  onNewest = doNothing,
  onSeen,
}: ConversationProps) {
  const dictionary = useDictionary();
  const { client } = useMessenger();
  const view = useClientState().conversations[conversationId];
  const [busy, setBusy] = useState(true);
  const loadEarlier = useCallback(async () => {
    setBusy(true);
    await client.loadEarlier(conversationId);
    setBusy(false);
  }, [client, conversationId]);

  const isThere = view !== undefined;
  const wantsMore = view !== undefined && view.hasEarlier && view.messages.length < FIRST_SCREEN;
  useEffect(() => {
    if (!isThere) return;
    if (wantsMore) void loadEarlier();
    else setBusy(false);
    // Once per opening, so that a server without older messages is not asked repeatedly.
    // A button loads further pages.
  }, [isThere, loadEarlier]);

  useSeen(view?.toSeq ?? 0, onSeen);
  if (view === undefined) return <p className={styles.loading}>{dictionary.loading}</p>;
  return (
    <div className={styles.conversation}>
      {foundSeq !== undefined && isAbove(view, foundSeq) ? (
        <MessageSurroundings conversationId={conversationId} seq={foundSeq} onNewest={onNewest} />
      ) : (
        <MessageList view={view} busy={busy} onEarlier={() => void loadEarlier()} foundSeq={foundSeq} />
      )}
      {client.principal.kind === "visitor" && (
        <div role="status">{view.status === "closed" && <p className={styles.closed}>{dictionary.chatClosed}</p>}</div>
      )}
      <Composer conversationId={conversationId} takesFocus={takesFocus} />
    </div>
  );
}

function doNothing(): void {
  // The customer's page has no search.
}

/** Whether the message is older than what is loaded. */
function isAbove({ messages, hasEarlier, headSeq }: ConversationView, seq: number): boolean {
  return hasEarlier && seq < (messages[0]?.seq ?? headSeq + 1);
}

/** Calls `onSeen` when there is something new and the page is visible. */
function useSeen(toSeq: number, onSeen: () => void): void {
  useEffect(() => {
    const tell = (): void => {
      if (toSeq > 0 && document.visibilityState === "visible" && document.hasFocus()) onSeen();
    };
    tell();
    window.addEventListener("focus", tell);
    return () => window.removeEventListener("focus", tell);
  }, [toSeq, onSeen]);
}
