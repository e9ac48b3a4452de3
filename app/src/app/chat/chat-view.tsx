"use client";
import { type FormEvent, useEffect, useState } from "react";
import { type PrincipalView, type VisitorAnswer } from "../../../protocol";
import { browserRest } from "../../components/browser-client";
import { Card } from "../../components/card";
import { ConnectionBanner } from "../../components/connection-banner";
import { Conversation } from "../../components/conversation";
import { Field, fieldValue, Problem } from "../../components/form";
import { MessengerProvider, useClientState, useMessenger } from "../../components/messenger-provider";
import { useDictionary } from "../../components/dictionary";
import styles from "./chat-view.module.css";

type Visitor = PrincipalView | "unknown" | "asking";

export interface ChatViewProps {
  readonly socketUrl: string | undefined;
  /** Whether the browser has the cookie of an earlier visit; without one, the server is not asked whose it is. */
  readonly isKnown: boolean;
  /** Whether the server accepts no WebSockets. */
  readonly pollingOnly: boolean;
}

/** The customer's page: asks for a name, then shows one conversation. */
export function ChatView({ socketUrl, isKnown, pollingOnly }: ChatViewProps) {
  const dictionary = useDictionary();
  const [visitor, setVisitor] = useState<Visitor>(isKnown ? "asking" : "unknown");
  useEffect(() => {
    if (isKnown) void askWhoIsThere().then(setVisitor);
  }, [isKnown]);

  if (visitor === "asking") return <Card title={dictionary.chatTitle}>{dictionary.loading}</Card>;
  if (visitor === "unknown") return <Begin onBegin={setVisitor} />;
  return (
    <MessengerProvider principal={visitor} socketUrl={socketUrl} pollingOnly={pollingOnly}>
      <ChatScreen conversationId={visitor.conversationId ?? ""} onEnded={() => setVisitor("unknown")} />
    </MessengerProvider>
  );
}

/** Asks until there is an answer, so that a short outage does not start a second conversation. */
async function askWhoIsThere(): Promise<Visitor> {
  for (;;) {
    const answer = await browserRest().get<VisitorAnswer>("/api/visitors/me");
    if (answer.ok) return answer.visitor;
    if (!answer.retryable) return "unknown";
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

function Begin({ onBegin }: { readonly onBegin: (visitor: PrincipalView) => void }) {
  const dictionary = useDictionary();
  const [problem, setProblem] = useState(false);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const name = fieldValue(event.currentTarget, "name");
    setBusy(true);
    const answer = await browserRest().post<VisitorAnswer>("/api/visitors", { name });
    setBusy(false);
    setProblem(!answer.ok);
    if (answer.ok) onBegin(answer.visitor);
  }

  return (
    <Card title={dictionary.chatTitle}>
      <p>{dictionary.chatIntro}</p>
      <form onSubmit={(event) => void submit(event)}>
        {problem && <Problem>{dictionary.failedAction}</Problem>}
        <Field label={dictionary.yourName} name="name" autoComplete="name" required maxLength={100} />
        <button type="submit" disabled={busy}>
          {dictionary.startChat}
        </button>
      </form>
    </Card>
  );
}

function ChatScreen({ conversationId, onEnded }: { readonly conversationId: string; readonly onEnded: () => void }) {
  const dictionary = useDictionary();
  const { client } = useMessenger();
  const { connection } = useClientState();
  useEffect(() => client.subscribe(conversationId), [client, conversationId]);
  const isOver = connection.status === "ended" && connection.reason !== "flooding";
  useEffect(() => {
    if (isOver) onEnded();
  }, [isOver, onEnded]);
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1>{dictionary.chatTitle}</h1>
      </header>
      <ConnectionBanner />
      <main className={styles.main}>
        <Conversation conversationId={conversationId} onSeen={() => client.markRead(conversationId)} />
      </main>
    </div>
  );
}
