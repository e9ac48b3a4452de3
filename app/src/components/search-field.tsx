"use client";
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef } from "react";
import { useDictionary } from "./dictionary";
import styles from "./search.module.css";
import { type Search } from "./use-search";

export interface SearchFieldProps {
  readonly search: Search;
  /** Moves the focus to the first result. */
  readonly onDown: () => void;
}

/** The field in which agents search; Ctrl+K or ⌘K leads to it. */
export function SearchField({ search, onDown }: SearchFieldProps) {
  const dictionary = useDictionary();
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  useShortcut(field);

  function keyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") search.change("", false);
    else if (event.key === "ArrowDown") onDown();
    else return;
    event.preventDefault();
  }

  return (
    <div role="search" className={styles.field}>
      <label htmlFor={id} className="visuallyHidden">
        {dictionary.search}
      </label>
      <input
        ref={field}
        id={id}
        type="search"
        value={search.text}
        placeholder={dictionary.searchPlaceholder}
        autoComplete="off"
        enterKeyHint="search"
        aria-keyshortcuts="Control+K Meta+K"
        onChange={(event) => search.change(event.target.value, (event.nativeEvent as InputEvent).isComposing)}
        onCompositionEnd={(event) => search.change(event.currentTarget.value, false)}
        onKeyDown={keyDown}
      />
    </div>
  );
}

function useShortcut(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [field]);
}
