"use client";
import { useCallback, useEffect, useRef, useState } from "react";
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
import { SearchField } from "./search-field";
import { SearchResults } from "./search-results";
import { TopBar } from "./top-bar";
import { useDictionary } from "./dictionary";
import { useInbox } from "./use-inbox";
import { type OpenConversation, useOpenConversation } from "./use-open-conversation";
import { useSearch } from "./use-search";

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
  const opened = useOpenConversation();
  const { openId, openSeq, open } = opened;
  const { take, takenId, problem } = useTake(inbox, open);
  useSignedOutWhenEnded();
  useUnreadInTitle(state);

  useEffect(() => inbox?.open(openId), [inbox, openId, state.loaded]);

  const current = [...state.mine, ...state.others].find(({ id }) => id === openId);
  const waiting = openId === null || state.opened?.id !== openId ? undefined : state.opened;
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
      <main className={styles.panes} data-open={current !== undefined || waiting !== undefined || isMissing}>
        <Lists agent={agent} inbox={inbox} state={state} opened={opened} onTake={(id) => void take(id)} />
        <ConversationPane
          summary={current}
          waiting={waiting}
          foundSeq={openSeq}
          isMissing={isMissing}
          isTaken={current !== undefined && current.id === takenId}
          onBack={() => open(null)}
          onTake={(id) => void take(id)}
          onNewest={() => open(openId)}
          onChanged={() => openId !== null && inbox?.refreshEntry(openId)}
          onSeen={seen}
        />
      </main>
    </div>
  );
}

interface ListsProps {
  readonly agent: Agent;
  readonly inbox: Inbox | undefined;
  readonly state: InboxState;
  readonly opened: OpenConversation;
  readonly onTake: (id: string) => void;
}

/** The lists of conversations, or what was searched for. */
function Lists({ agent, inbox, state, opened: { openId, openSeq, open }, onTake }: ListsProps) {
  const search = useSearch();
  const pane = useRef<HTMLDivElement>(null);
  return (
    <div className={styles.list} ref={pane}>
      <SearchField
        search={search}
        onDown={() => pane.current?.querySelector<HTMLElement>('[data-roving][tabindex="0"]')?.focus()}
      />
      {search.isActive ? (
        <SearchResults search={search} openId={openId} openSeq={openSeq} onOpen={open} />
      ) : (
        <>
          <ConversationList
            state={state}
            openId={openId}
            onOpen={open}
            onTake={onTake}
            onMore={(list) => inbox?.loadMore(list)}
          />
          {agent.role === "admin" && <OtherConversations openId={openId} onOpen={open} />}
        </>
      )}
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

function useUnreadInTitle({ unread }: InboxState): void {
  const dictionary = useDictionary();
  useEffect(() => {
    document.title = unread === 0 ? dictionary.productName : `(${unread}) ${dictionary.productName}`;
  }, [unread, dictionary]);
}
