import { useCallback, useEffect, useRef, useState } from "react";
import { type Answer } from "../../client";
import { MAX_SEARCH_CODE_POINTS, type SearchAnswer, searchText } from "../../protocol";
import { useMessenger } from "./messenger-provider";

/** Milliseconds after the last key before the server is asked. */
const PAUSE_MS = 250;
/** Milliseconds until a search that failed for a temporary reason is repeated. */
const RETRY_MS = 3000;
/** Milliseconds until a search is repeated that could not find everything yet. The server indexes every ten seconds. */
const INCOMPLETE_MS = 5000;

type Found = Pick<SearchAnswer, "hits" | "customers" | "isComplete" | "next">;

export interface Search {
  /** What the field shows. */
  readonly text: string;
  /** `undefined` when there is nothing to search for. */
  readonly found: Found | undefined;
  /** Whether the field has something to search for. */
  readonly isActive: boolean;
  readonly isBusy: boolean;
  readonly hasFailed: boolean;
  /** @param isComposing whether an input method has not finished the word */
  readonly change: (text: string, isComposing: boolean) => void;
  readonly loadMore: () => void;
}

/** Searches while the person types. A request whose answer nobody waits for any more is ended. */
export function useSearch(): Search {
  const [text, setText] = useState("");
  const [query, setQuery] = useState("");
  const answer = useAnswer(query);
  const change = useCallback((typed: string, isComposing: boolean) => {
    const next = [...typed].slice(0, MAX_SEARCH_CODE_POINTS).join("");
    setText(next);
    if (!isComposing) setQuery(searchText.safeParse(next).success ? next.trim() : "");
  }, []);
  return { ...answer, text, isActive: query !== "", change };
}

type SearchedAnswer = Pick<Search, "found" | "isBusy" | "hasFailed" | "loadMore">;

/** Returns the delay before the same request is made again, or `undefined` when its answer is final. */
function repeatAfterMs(answer: Answer<SearchAnswer>, before: Found | undefined): number | undefined {
  if (!answer.ok) return answer.retryable ? (answer.retryAfterMs ?? RETRY_MS) : undefined;
  // Further pages stay as they are: they would be listed twice.
  return answer.isComplete || before !== undefined ? undefined : INCOMPLETE_MS;
}

/** Asks for what was found, again after a temporary failure and while not everything can be found. @param query empty for none */
function useAnswer(query: string): SearchedAnswer {
  const { rest } = useMessenger();
  const [found, setFound] = useState<Found>();
  const [isBusy, setIsBusy] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);
  const request = useRef<AbortController>(undefined);

  const ask = useCallback(
    async (asked: string, before?: Found): Promise<void> => {
      request.current?.abort();
      const current = new AbortController();
      request.current = current;
      setIsBusy(true);
      const parameters = new URLSearchParams({ q: asked, ...(before?.next != null && { cursor: before.next }) });
      const answer = await rest.get<SearchAnswer>(`/api/search?${parameters.toString()}`, current.signal);
      if (current.signal.aborted) return;
      setIsBusy(false);
      setHasFailed(!answer.ok);
      if (answer.ok) setFound(before === undefined ? answer : joined(before, answer));
      const delayMs = repeatAfterMs(answer, before);
      if (delayMs === undefined) return;
      const again = setTimeout(() => void ask(asked, before), delayMs);
      current.signal.addEventListener("abort", () => clearTimeout(again));
    },
    [rest],
  );

  useEffect(() => {
    setFound(undefined);
    setHasFailed(false);
    setIsBusy(query !== "");
    if (query === "") return;
    const timer = setTimeout(() => void ask(query), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      request.current?.abort();
    };
  }, [query, ask]);

  return { found, isBusy, hasFailed, loadMore: () => void ask(query, found) };
}

function joined(before: Found, page: Found): Found {
  return { ...page, hits: [...before.hits, ...page.hits], customers: before.customers };
}
