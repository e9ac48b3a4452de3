"use client";
import { type FormEvent, useEffect, useRef } from "react";
import { type UserView } from "../../../protocol";
import { useDictionary } from "../../components/dictionary";
import { Choice, fieldValue } from "../../components/form";
import styles from "./admin-view.module.css";

export interface DisableDialogProps {
  readonly user: UserView;
  /** Who may continue the user's conversations. */
  readonly colleagues: readonly UserView[];
  readonly onClose: () => void;
  /** Without a successor, the conversations return to the queue. */
  readonly onDisable: (successorId: string | undefined) => void;
}

const QUEUE = "queue";

/** Asks what happens to the conversations of a user who is disabled. */
export function DisableDialog({ user, colleagues, onClose, onDisable }: DisableDialogProps) {
  const dictionary = useDictionary();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    // Effects run twice in development.
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const successorId = fieldValue(event.currentTarget, "successorId");
    // Closed by itself, the browser returns the focus to where it was.
    dialog.current?.close();
    onDisable(successorId === QUEUE ? undefined : successorId);
  }

  const successors = colleagues.map(({ id, name }) => [id, dictionary.handOverTo(name)] as const);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="disable-title" onClose={onClose}>
      <h2 id="disable-title">{dictionary.disableTitle(user.name)}</h2>
      <p>{dictionary.disableIntro}</p>
      <form onSubmit={submit}>
        <Choice
          label={dictionary.conversationsOf}
          name="successorId"
          options={{ [QUEUE]: dictionary.toQueue, ...Object.fromEntries(successors) }}
        />
        <div className={styles.dialogActions}>
          <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
            {dictionary.cancel}
          </button>
          <button type="submit">{dictionary.disable}</button>
        </div>
      </form>
    </dialog>
  );
}
