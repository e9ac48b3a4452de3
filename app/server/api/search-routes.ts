import { z } from "zod";
import { SEARCH_PAGE, type SearchAnswer, searchText } from "../../protocol";
import { searchTerms } from "../../protocol/search-text";
import { type MessageSearch, type SearchedMessage, type SearchPosition } from "../domain/ports/message-search";
import { searchMessages } from "../domain/search-messages";
import { excerptOf } from "./excerpt";
import { invalid } from "./parameters";
import { type Call, type Route, route } from "./route";

export interface SearchServices {
  readonly search: MessageSearch;
}

export function searchRoutes(services: SearchServices): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/search",
      caller: "agent",
      limit: "search",
      handle: (call) => find(services, call),
    }),
  ];
}

async function find(services: SearchServices, call: Call<"agent", undefined>): Promise<SearchAnswer> {
  const { caller, query, context } = call;
  const text = searchText.safeParse(query("q") ?? "");
  if (!text.success) throw invalid(`q: ${text.error.issues[0]?.message ?? "expected a text"}.`);
  const terms = searchTerms(text.data);
  const { signal } = context.req.raw;
  const page = await searchMessages(services, caller, {
    terms,
    limit: SEARCH_PAGE,
    after: positionOf(query("cursor")),
    isCancelled: () => signal.aborted,
  });
  return {
    ok: true,
    hits: page.messages.map((found) => hitOf(found, terms)),
    customers: page.customers.map(({ createdAt, ...customer }) => ({
      ...customer,
      createdAt: createdAt.toISOString(),
    })),
    isComplete: page.isComplete,
    next: page.next === undefined ? null : encodeCursor(page.next),
  };
}

function hitOf({ message, visitorName }: SearchedMessage, terms: readonly string[]) {
  const { conversationId, seq, senderKind, senderName, createdAt, body } = message;
  return { conversationId, seq, visitorName, senderKind, senderName, createdAt, excerpt: excerptOf(body, terms) };
}

const cursorContent = z.tuple([z.int().min(0).max(8.64e15), z.uuid(), z.int().min(0).max(Number.MAX_SAFE_INTEGER)]);

function encodeCursor({ time, conversationId, seq }: SearchPosition): string {
  return Buffer.from(JSON.stringify([time.getTime(), conversationId, seq])).toString("base64url");
}

/** @throws RefusedRequest for a text that `encodeCursor` did not write */
function positionOf(cursor: string | undefined): SearchPosition | undefined {
  if (cursor === undefined) return undefined;
  try {
    const content: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const [time, conversationId, seq] = cursorContent.parse(content);
    return { time: new Date(time), conversationId, seq };
  } catch {
    throw invalid("The cursor is not one of ours.");
  }
}
