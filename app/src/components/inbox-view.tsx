"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { Inbox, type InboxState } from "../../client";
import { type ConversationAnswer, type InboxAnswer } from "../../protocol";
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

/** Name of the query parameter that holds the open conversation, so that a reload shows it again. */
const PARAMETER = "conversation";

/** Conversations per page of a list. */
const PAGE = 50;

export function InboxView({ agent, socketUrl }: { readonly agent: Agent; readonly socketUrl: string | undefined }) {
  return (
    <MessengerProvider principal={agent} socketUrl={socketUrl}>
      <InboxScreen agent={agent} />
    </MessengerProvider>
  );
}

function InboxScreen({ agent }: { readonly agent: Agent }) {
  const words = useDictionary();
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
          {words.failedAction}
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
        <section className={styles.conversation} aria-label={current?.visitorName ?? words.messages}>
          {current === undefined ? (
            <p className={styles.hint}>{words.pickConversation}</p>
          ) : (
            <>
              <ConversationHead
                key={`head-${current.id}`}
                summary={current}
                onBack={() => open(null)}
                onChanged={() => inbox?.refresh()}
              />
              <Conversation key={current.id} conversationId={current.id} onSeen={seen} />
            </>
          )}
        </section>
      </main>
    </div>
  );
}

const EMPTY: InboxState = { loaded: false, mine: [], queue: [], hasMore: false };

function inboxPath(cursor: string | undefined): string {
  return `/api/conversations?limit=${PAGE}${cursor === undefined ? "" : `&cursor=${cursor}`}`;
}

function useInbox(): { readonly inbox: Inbox | undefined; readonly state: InboxState } {
  const { client, rest } = useMessenger();
  const [inbox, setInbox] = useState<Inbox>();
  useEffect(() => {
    const made = new Inbox({ client, fetchInbox: (cursor) => rest.get<InboxAnswer>(inboxPath(cursor)) });
    made.start();
    setInbox(made);
    return () => made.stop();
  }, [client, rest]);
  const state = useSyncExternalStore(
    inbox?.subscribe ?? subscribeToNothing,
    () => inbox?.getState() ?? EMPTY,
    () => EMPTY,
  );
  return { inbox, state };
}

function subscribeToNothing(): () => void {
  return () => undefined;
}

function useOpenConversation(): readonly [string | null, (id: string | null) => void] {
  const path = usePathname();
  const id = useSearchParams().get(PARAMETER);
  const open = useCallback(
    (next: string | null) => {
      // Next updates its own search parameters from this without requesting the page again.
      window.history.pushState(null, "", next === null ? path : `${path}?${PARAMETER}=${next}`);
    },
    [path],
  );
  return [id, open];
}

/** Closes a conversation that the person may not see any more. */
function useSignedOutWhenEnded(): void {
  const { connection } = useClientState();
  const reason = connection.status === "ended" ? connection.reason : undefined;
  useEffect(() => {
    if (reason !== undefined && reason !== "flooding") goToSignIn(reason);
  }, [reason]);
}

function useUnreadInTitle({ mine }: InboxState): void {
  const words = useDictionary();
  const unread = mine.reduce((sum, { lastSeq, lastReadSeq }) => sum + Math.max(0, lastSeq - lastReadSeq), 0);
  useEffect(() => {
    document.title = unread === 0 ? words.productName : `(${unread}) ${words.productName}`;
  }, [unread, words]);
}
