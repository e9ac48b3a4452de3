"use client";
import { type FormEvent, useCallback, useEffect, useId, useState } from "react";
import {
  type ColleaguesAnswer,
  type ConversationAnswer,
  type ConversationNote,
  type ConversationSummary,
  type MemberView,
} from "../../protocol";
import { type Answer } from "../../client";
import styles from "./conversation-head.module.css";
import { useMessenger } from "./messenger-provider";
import { useDictionary } from "./dictionary";
import { NoteText } from "./note-text";

export interface ConversationHeadProps {
  readonly summary: ConversationSummary;
  readonly onBack: () => void;
  /** Called when the list of conversations has to be fetched again. */
  readonly onChanged: () => void;
}

type Colleague = ColleaguesAnswer["colleagues"][number];

/** The customer's name, the members, and the actions on the conversation. */
export function ConversationHead({ summary, onBack, onChanged }: ConversationHeadProps) {
  const dictionary = useDictionary();
  const { rest } = useMessenger();
  const { members, notes, colleagues, problem, act } = useMembers(summary.id, onChanged);
  const isClosed = summary.status === "closed";
  const path = `/api/conversations/${summary.id}`;
  return (
    <header className={styles.head}>
      <button type="button" className={`quiet ${styles.back}`} onClick={onBack} aria-label={dictionary.back}>
        ←
      </button>
      <h1 className={styles.name}>
        <bdi>{summary.visitorName}</bdi>
        <span className={styles.status}>{isClosed ? dictionary.closed : dictionary.open}</span>
      </h1>
      <details className={styles.members}>
        <summary>
          {dictionary.members} ({members.length})
        </summary>
        <MemberPanel
          members={members}
          colleagues={colleagues}
          onAdd={(userId) => void act(rest.post(`${path}/members`, { userId }))}
          onRemove={(userId) => void act(rest.delete(`${path}/members/${userId}`))}
        />
      </details>
      <button
        type="button"
        className="quiet"
        onClick={() => void act(rest.post(`${path}/${isClosed ? "reopen" : "close"}`))}
      >
        {isClosed ? dictionary.reopenConversation : dictionary.closeConversation}
      </button>
      {notes[0] !== undefined && (
        <p className={styles.note}>
          <NoteText note={notes[0]} />
        </p>
      )}
      {problem && (
        <p role="alert" className={styles.problem}>
          {dictionary.failedAction}
        </p>
      )}
    </header>
  );
}

function useMembers(conversationId: string, onChanged: () => void) {
  const { rest, client } = useMessenger();
  const [members, setMembers] = useState<readonly MemberView[]>([]);
  const [notes, setNotes] = useState<readonly ConversationNote[]>([]);
  const [colleagues, setColleagues] = useState<readonly Colleague[]>([]);
  const [problem, setProblem] = useState(false);

  const refresh = useCallback(async () => {
    const [conversation, all] = await Promise.all([
      rest.get<ConversationAnswer>(`/api/conversations/${conversationId}`),
      rest.get<ColleaguesAnswer>("/api/colleagues"),
    ]);
    if (conversation.ok) {
      setMembers(conversation.members);
      setNotes(conversation.notes ?? []);
    }
    if (all.ok) setColleagues(all.colleagues);
  }, [rest, conversationId]);

  useEffect(() => {
    void refresh();
    return client.on({
      inboxChanged: (id) => {
        if (id === undefined || id === conversationId) void refresh();
      },
    });
  }, [client, conversationId, refresh]);

  async function act(request: Promise<Answer<{ readonly ok: true }>>): Promise<void> {
    const answer = await request;
    setProblem(!answer.ok);
    await refresh();
    onChanged();
  }

  return { members, notes, colleagues, problem, act };
}

interface MemberPanelProps {
  readonly members: readonly MemberView[];
  readonly colleagues: readonly Colleague[];
  readonly onAdd: (userId: string) => void;
  readonly onRemove: (userId: string) => void;
}

function MemberPanel({ members, colleagues, onAdd, onRemove }: MemberPanelProps) {
  const dictionary = useDictionary();
  const { client } = useMessenger();
  const field = useId();
  const others = colleagues.filter(({ userId }) => !members.some((member) => member.userId === userId));

  function add(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const userId = new FormData(event.currentTarget).get("userId");
    if (typeof userId === "string" && userId !== "") onAdd(userId);
  }

  return (
    <div className={styles.panel}>
      <ul className={styles.list}>
        {members.map(({ userId, name }) => (
          <li key={userId}>
            <bdi>{name}</bdi>
            <button
              type="button"
              className="quiet"
              aria-label={userId === client.principal.userId ? dictionary.leave : dictionary.removeMember(name)}
              onClick={() => onRemove(userId)}
            >
              {userId === client.principal.userId ? dictionary.leave : "✕"}
            </button>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <form onSubmit={add} className={styles.add}>
          <label htmlFor={field}>{dictionary.addMember}</label>
          <select id={field} name="userId">
            {others.map(({ userId, name }) => (
              <option key={userId} value={userId}>
                {name}
              </option>
            ))}
          </select>
          <button type="submit">{dictionary.add}</button>
        </form>
      )}
    </div>
  );
}
