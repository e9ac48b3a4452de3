"use client";
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef } from "react";
import styles from "./composer.module.css";
import { useDictionary } from "./dictionary";
import { isTouchOnly } from "./touch";
import { useDraft } from "./use-draft";

export interface ComposerProps {
  readonly conversationId: string;
  /** Whether the field takes the focus when it appears; not on a touch screen, where the keyboard would cover the messages. */
  readonly takesFocus: boolean;
}

/** The field for writing a message. */
export function Composer({ conversationId, takesFocus }: ComposerProps) {
  const dictionary = useDictionary();
  const { text, problem, change, send } = useDraft(conversationId);
  const field = useRef<HTMLTextAreaElement>(null);
  const ids = { field: useId(), hint: useId(), problem: useId() };
  useEffect(() => {
    if (takesFocus && !isTouchOnly()) field.current?.focus();
  }, [takesFocus]);

  function submit(event: FormEvent): void {
    event.preventDefault();
    void send();
    field.current?.focus();
  }

  function keyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (!isSendKey(event)) return;
    event.preventDefault();
    void send();
  }

  return (
    <form className={styles.composer} onSubmit={submit}>
      <label htmlFor={ids.field} className="visuallyHidden">
        {dictionary.composerLabel}
      </label>
      <textarea
        ref={field}
        id={ids.field}
        rows={2}
        value={text}
        placeholder={dictionary.composerLabel}
        aria-describedby={problem === undefined ? ids.hint : `${ids.hint} ${ids.problem}`}
        aria-invalid={problem !== undefined}
        onChange={(event) => change(event.target.value)}
        onKeyDown={keyDown}
      />
      <button type="submit">{dictionary.send}</button>
      <ComposerNotes hintId={ids.hint} problemId={ids.problem} problem={problem} />
    </form>
  );
}

/** Whether a key sends the message: Enter without Shift, outside IME composition, and not on a touch screen, which has no Shift+Enter. */
function isSendKey(event: KeyboardEvent): boolean {
  // During IME composition, Enter accepts the word. Safari ends the composition before the keydown event, with key code 229.
  const isComposing = event.nativeEvent.isComposing || event.keyCode === 229;
  return event.key === "Enter" && !event.shiftKey && !isComposing && !isTouchOnly();
}

interface ComposerNotesProps {
  readonly hintId: string;
  readonly problemId: string;
  readonly problem: string | undefined;
}

/** The hint and the problem that describe the field to screen readers. */
function ComposerNotes({ hintId, problemId, problem }: ComposerNotesProps) {
  const { composerHint } = useDictionary();
  return (
    <>
      <p id={hintId} className={styles.hint}>
        {composerHint}
      </p>
      {problem !== undefined && (
        <p id={problemId} role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </>
  );
}
