"use client";
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import { MAX_BODY_CODE_POINTS, messageBody } from "../../protocol";
import styles from "./composer.module.css";
import { useMessenger } from "./messenger-provider";
import { useDictionary } from "./dictionary";

/** The field for writing a message. What was typed survives a reload and a failure to store the message. */
export function Composer({ conversationId }: { readonly conversationId: string }) {
  const words = useDictionary();
  const { client, drafts } = useMessenger();
  const [text, setText] = useState(() => drafts.get(conversationId));
  const [problem, setProblem] = useState<string>();
  const current = useRef(text);
  const field = useRef<HTMLTextAreaElement>(null);
  const ids = { field: useId(), hint: useId(), problem: useId() };

  function write(next: string): void {
    current.current = next;
    setText(next);
  }

  function change(next: string): void {
    write(next);
    drafts.set(conversationId, next);
    setProblem(undefined);
    if (next !== "") client.typing(conversationId);
  }

  async function send(): Promise<void> {
    const body = current.current;
    if (body.trim() === "") return;
    const length = [...body].length;
    if (length > MAX_BODY_CODE_POINTS) {
      setProblem(words.tooLong(length, MAX_BODY_CODE_POINTS));
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
      setProblem(words.notKept);
    }
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    void send();
    field.current?.focus();
  }

  function keyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    // During IME composition, Enter accepts the word. Safari ends the composition before the keydown event, with key code 229.
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || isComposing) return;
    event.preventDefault();
    void send();
  }

  return (
    <form className={styles.composer} onSubmit={submit}>
      <label htmlFor={ids.field} className="visuallyHidden">
        {words.composerLabel}
      </label>
      <textarea
        ref={field}
        id={ids.field}
        rows={2}
        value={text}
        placeholder={words.composerLabel}
        aria-describedby={problem === undefined ? ids.hint : `${ids.hint} ${ids.problem}`}
        aria-invalid={problem !== undefined}
        onChange={(event) => change(event.target.value)}
        onKeyDown={keyDown}
      />
      <button type="submit">{words.send}</button>
      <p id={ids.hint} className={styles.hint}>
        {words.composerHint}
      </p>
      {problem !== undefined && (
        <p id={ids.problem} role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </form>
  );
}
