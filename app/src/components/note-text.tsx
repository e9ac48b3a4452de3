"use client";
import { type ConversationNote } from "../../protocol";
import { useDictionary } from "./dictionary";
import styles from "./note-text.module.css";

/** Says what happened to a conversation besides its messages. Kinds that this release does not know are left out. */
export function NoteText({ note }: { readonly note: ConversationNote }) {
  const dictionary = useDictionary();
  if ((note.kind as string) !== "member-disabled") return null;
  const { memberName, byName, successorName } = note;
  return (
    <span className={styles.note}>
      {successorName === null
        ? dictionary.noteReturned(memberName, byName)
        : dictionary.noteHandedOver(memberName, byName, successorName)}
    </span>
  );
}
