import { type FocusEvent, type KeyboardEvent, useState } from "react";

/** Marks what the arrow keys move between. */
const ITEM = "[data-roving]";

export interface RovingFocus {
  /** For the list's element. */
  readonly listProps: {
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
    readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  };
  /** For the one element of each entry that takes the focus. */
  readonly itemProps: (id: string) => { readonly "data-roving": string; readonly tabIndex: 0 | -1 };
}

/**
 * Makes a list one stop of the Tab key; arrow keys, Home and End move inside it.
 * Source: https://www.w3.org/WAI/ARIA/apg/practices/keyboard-interface/#kbd_roving_tabindex
 *
 * @param ids of the entries, in order
 * @param currentId the entry that Tab reaches before the person has moved
 */
export function useRovingFocus(ids: readonly string[], currentId?: string | null): RovingFocus {
  const [focusedId, setFocusedId] = useState<string>();
  const stop = [focusedId, currentId].find((id) => id != null && ids.includes(id)) ?? ids[0];
  return {
    listProps: {
      onKeyDown(event) {
        const items = [...event.currentTarget.querySelectorAll<HTMLElement>(ITEM)];
        const position = items.indexOf(document.activeElement as HTMLElement);
        const target = position < 0 ? undefined : items[targetOf(event.key, position, items.length)];
        if (target === undefined) return;
        event.preventDefault();
        target.focus();
      },
      onFocus(event) {
        setFocusedId(event.target.closest<HTMLElement>(ITEM)?.dataset["roving"]);
      },
    },
    itemProps: (id) => ({ "data-roving": id, tabIndex: id === stop ? 0 : -1 }),
  };
}

/** Returns the position that a key leads to; -1 for any other key. */
function targetOf(key: string, position: number, length: number): number {
  if (key === "ArrowDown") return Math.min(position + 1, length - 1);
  if (key === "ArrowUp") return Math.max(position - 1, 0);
  if (key === "Home") return 0;
  return key === "End" ? length - 1 : -1;
}
