"use client";
import { useCallback, useEffect, useState } from "react";
import { type Inbox, type InboxState } from "../../client";
import { type ConversationAnswer } from "../../protocol";
import { goToSignIn } from "../sign-out";
import { type Agent } from "../session";
import { ConnectionBanner } from "./connection-banner";
import { ConversationList } from "./conversation-list";
import { ConversationPane } from "./conversation-pane";
import styles from "./inbox-view.module.css";
import { MessengerProvider, useClientState, useMessenger } from "./messenger-provider";
import { OtherConversations } from "./other-conversations";
import { TopBar } from "./top-bar";
import { useDictionary } from "./dictionary";
import { useInbox } from "./use-inbox";
import { useOpenConversation } from "./use-open-conversation";

export function InboxView({
  agent,
  socketUrl,
  pollingOnly,
}: {
  readonly agent: Agent;
  readonly socketUrl: string | undefined;
  readonly pollingOnly: boolean;
}) {
  return (
    <MessengerProvider principal={agent} socketUrl={socketUrl} pollingOnly={pollingOnly}>
      <InboxScreen agent={agent} />
    </MessengerProvider>
  );
}

function InboxScreen({ agent }: { readonly agent: Agent }) {
  const dictionary = useDictionary();
  const { inbox, state } = useInbox();
  const [openId, open] = useOpenConversation();
  const { take, takenId, problem } = useTake(inbox, open);
  useSignedOutWhenEnded();
  useUnreadInTitle(state);

  useEffect(() => inbox?.open(openId), [inbox, openId, state.loaded]);

  const current = [...state.mine, ...state.others].find(({ id }) => id === openId);
  const isMissing = openId !== null && state.missing === openId;
  const seen = useCallback(() => {
    if (openId !== null) inbox?.markRead(openId);
  }, [inbox, openId]);

  return (
    <div className={styles.screen}>
      <TopBar agent={agent} />
      <ConnectionBanner />
      {problem && (
        <p role="alert" className={styles.problem}>
          {dictionary.failedAction}
        </p>
      )}
      <main className={styles.panes} data-open={current !== undefined || isMissing}>
        <div className={styles.list}>
          <ConversationList
            state={state}
            openId={openId}
            onOpen={open}
            onTake={(id) => void take(id)}
            onMore={(list) => inbox?.loadMore(list)}
          />
          {agent.role === "admin" && <OtherConversations openId={openId} onOpen={open} />}
        </div>
        <ConversationPane
          summary={current}
          isMissing={isMissing}
          isTaken={current !== undefined && current.id === takenId}
          onBack={() => open(null)}
          onChanged={() => openId !== null && inbox?.refreshEntry(openId)}
          onSeen={seen}
        />
      </main>
    </div>
  );
}

/** Takes a conversation from the queue and opens it; `takenId` is the last one. */
function useTake(inbox: Inbox | undefined, open: (id: string) => void) {
  const { rest } = useMessenger();
  const [takenId, setTakenId] = useState<string>();
  const [problem, setProblem] = useState(false);

  async function take(id: string): Promise<void> {
    const answer = await rest.post<ConversationAnswer>(`/api/conversations/${id}/take`);
    setProblem(!answer.ok);
    if (!answer.ok) {
      inbox?.refreshEntry(id);
      return;
    }
    inbox?.addTaken(answer.conversation);
    setTakenId(id);
    open(id);
  }

  return { take, takenId, problem };
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
