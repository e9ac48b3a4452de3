import { usePathname, useSearchParams } from "next/navigation";
import { useCallback } from "react";

/** Name of the query parameter that holds the open conversation, so that a reload shows it again. */
const PARAMETER = "conversation";

/** Returns the id of the open conversation and a function that opens another one, or none with `null`. */
export function useOpenConversation(): readonly [string | null, (id: string | null) => void] {
  const path = usePathname();
  const id = useSearchParams().get(PARAMETER);
  const open = useCallback(
    (next: string | null) => {
      // Next.js updates its own search parameters from this without requesting the page again.
      window.history.pushState(null, "", next === null ? path : `${path}?${PARAMETER}=${next}`);
    },
    [path],
  );
  return [id, open];
}
