"use client";
import { useCallback, useEffect, useState } from "react";
import { Composer } from "./composer";
import styles from "./conversation.module.css";
import { MessageList } from "./message-list";
import { useClientState, useMessenger } from "./messenger-provider";
import { useDictionary } from "./dictionary";

/** Fewer messages than this on opening, and older ones are fetched. */
const FIRST_SCREEN = 20;

export interface ConversationProps {
  readonly conversationId: string;
  /** Everything that is here has been on the screen, with the window in front. */
  readonly onSeen: () => void;
}

/** The messages of one conversation and the field to write the next. To be given the id as its key. */
export function Conversation({ conversationId, onSeen }: ConversationProps) {
  const words = useDictionary();
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
    // Once for each opening: a server that has nothing older to give is not asked again and again.
    // Further pages come by the button.
  }, [isThere, loadEarlier]);

  useSeen(view?.toSeq ?? 0, onSeen);
  if (view === undefined) return <p className={styles.loading}>{words.loading}</p>;
  return (
    <div className={styles.conversation}>
      <MessageList view={view} busy={busy} onEarlier={() => void loadEarlier()} />
      <Composer conversationId={conversationId} />
    </div>
  );
}

/** Calls when there is something new and somebody can see it. */
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
