"use client";
import { useCallback, useEffect, useState } from "react";
import { type InboxState } from "../../client";
import { type ConversationAnswer, type ConversationSummary } from "../../protocol";
import { goToSignIn } from "../sign-out";
import { type Agent } from "../session";
import { ConnectionBanner } from "./connection-banner";
import { Conversation } from "./conversation";
import { ConversationHead } from "./conversation-head";
import { ConversationList } from "./conversation-list";
import styles from "./inbox-view.module.css";
import { MessengerProvider, useClientState, useMessenger } from "./messenger-provider";
import { TopBar } from "./top-bar";
import { useDictionary } from "./dictionary";
import { useInbox } from "./use-inbox";
import { useOpenConversation } from "./use-open-conversation";

export function InboxView({ agent, socketUrl }: { readonly agent: Agent; readonly socketUrl: string | undefined }) {
  return (
    <MessengerProvider principal={agent} socketUrl={socketUrl}>
      <InboxScreen agent={agent} />
    </MessengerProvider>
  );
}

function InboxScreen({ agent }: { readonly agent: Agent }) {
  const dictionary = useDictionary();
  const { rest } = useMessenger();
  const { inbox, state } = useInbox();
  const [openId, open] = useOpenConversation();
  const [problem, setProblem] = useState(false);
  useSignedOutWhenEnded();
  useUnreadInTitle(state);

  const current = state.mine.find(({ id }) => id === openId);
  const seen = useCallback(() => {
    if (openId !== null) inbox?.markRead(openId);
  }, [inbox, openId]);

  async function take(id: string): Promise<void> {
    const answer = await rest.post<ConversationAnswer>(`/api/conversations/${id}/take`);
    setProblem(!answer.ok);
    inbox?.refresh();
    if (answer.ok) open(id);
  }

  return (
    <div className={styles.screen}>
      <TopBar agent={agent} />
      <ConnectionBanner />
      {problem && (
        <p role="alert" className={styles.problem}>
          {dictionary.failedAction}
        </p>
      )}
      <main className={styles.panes} data-open={current !== undefined}>
        <div className={styles.list}>
          <ConversationList
            state={state}
            openId={openId}
            onOpen={open}
            onTake={(id) => void take(id)}
            onMore={() => inbox?.loadMore()}
          />
        </div>
        <ConversationPane
          summary={current}
          onBack={() => open(null)}
          onChanged={() => inbox?.refresh()}
          onSeen={seen}
        />
      </main>
    </div>
  );
}

interface ConversationPaneProps {
  /** The open conversation; `undefined` shows a hint to choose one. */
  readonly summary: ConversationSummary | undefined;
  readonly onBack: () => void;
  readonly onChanged: () => void;
  readonly onSeen: () => void;
}

function ConversationPane({ summary, onBack, onChanged, onSeen }: ConversationPaneProps) {
  const dictionary = useDictionary();
  return (
    <section className={styles.conversation} aria-label={summary?.visitorName ?? dictionary.messages}>
      {summary === undefined ? (
        <p className={styles.hint}>{dictionary.pickConversation}</p>
      ) : (
        <>
          <ConversationHead key={`head-${summary.id}`} summary={summary} onBack={onBack} onChanged={onChanged} />
          <Conversation key={summary.id} conversationId={summary.id} onSeen={onSeen} />
        </>
      )}
    </section>
  );
}

/** Goes to the sign-in page when the session has ended. After "flooding" the banner offers to reconnect instead. */
function useSignedOutWhenEnded(): void {
  const { connection } = useClientState();
  const reason = connection.status === "ended" ? connection.reason : undefined;
  useEffect(() => {
    if (reason !== undefined && reason !== "flooding") goToSignIn(reason);
  }, [reason]);
}

function useUnreadInTitle({ mine }: InboxState): void {
  const dictionary = useDictionary();
  const unread = mine.reduce((sum, { lastSeq, lastReadSeq }) => sum + Math.max(0, lastSeq - lastReadSeq), 0);
  useEffect(() => {
    document.title = unread === 0 ? dictionary.productName : `(${unread}) ${dictionary.productName}`;
  }, [unread, dictionary]);
}
