import { useEffect, useRef, useState } from "react";
import { MAX_BODY_CODE_POINTS, messageBody } from "../../protocol";
import { isVisible } from "../../protocol/visible-text";
import { useDictionary } from "./dictionary";
import { useMessenger } from "./messenger-provider";

/** The message that is being written in a conversation. */
export interface Draft {
  readonly text: string;
  /** Why the message was not sent, for the person who wrote it. */
  readonly problem: string | undefined;
  readonly change: (text: string) => void;
  /** Sends the text unless it is blank. Never rejects: a failure is shown as `problem`. */
  readonly send: () => Promise<void>;
}

/** Keeps the draft of a conversation. What was typed survives a reload and a failure to store the message. */
export function useDraft(conversationId: string): Draft {
  const dictionary = useDictionary();
  const { client, drafts } = useMessenger();
  const [text, setText] = useState(() => drafts.get(conversationId));
  const [problem, setProblem] = useState<string>();
  const current = useRef(text);

  function write(next: string): void {
    current.current = next;
    setText(next);
  }

  useEffect(() => drafts.onChange(conversationId, write), [drafts, conversationId]);

  function change(next: string): void {
    write(next);
    drafts.set(conversationId, next);
    setProblem(undefined);
    if (next !== "") client.typing(conversationId);
  }

  async function send(): Promise<void> {
    const body = current.current;
    if (!isVisible(body)) return;
    const length = [...body].length;
    if (length > MAX_BODY_CODE_POINTS) {
      setProblem(dictionary.tooLong(length, MAX_BODY_CODE_POINTS));
      return;
    }
    if (!messageBody.safeParse(body).success) return;
    // Cleared at once, because a second Enter would send it twice. The draft stays until the message is stored.
    write("");
    try {
      await client.send(conversationId, body);
      drafts.set(conversationId, current.current);
    } catch {
      if (current.current === "") write(body);
      setProblem(dictionary.notKept);
    }
  }

  return { text, problem, change, send };
}
