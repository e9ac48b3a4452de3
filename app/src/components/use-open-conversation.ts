import { usePathname, useSearchParams } from "next/navigation";
import { useCallback } from "react";

/** Name of the query parameter that holds the open conversation, so that a reload shows it again. */
const PARAMETER = "conversation";
/** Name of the query parameter that holds the message to show, when it is not the newest. */
const MESSAGE = "message";

export interface OpenConversation {
  readonly openId: string | null;
  readonly openSeq: number | undefined;
  /** Opens a conversation, at one of its messages or the newest; none with `null`. */
  readonly open: (id: string | null, seq?: number) => void;
}

/** Keeps the open conversation, and which of its messages is shown, in the page's address. */
export function useOpenConversation(): OpenConversation {
  const path = usePathname();
  const parameters = useSearchParams();
  const open = useCallback(
    (id: string | null, seq?: number) => {
      const query = id === null ? "" : `?${PARAMETER}=${id}${seq === undefined ? "" : `&${MESSAGE}=${seq}`}`;
      // Next.js updates its own search parameters from this without requesting the page again.
      window.history.pushState(null, "", `${path}${query}`);
    },
    [path],
  );
  const seq = Number(parameters.get(MESSAGE));
  return {
    openId: parameters.get(PARAMETER),
    openSeq: Number.isSafeInteger(seq) && seq > 0 ? seq : undefined,
    open,
  };
}
