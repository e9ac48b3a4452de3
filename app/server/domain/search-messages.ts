import { containsTerms } from "../../protocol/search-text";
import {
  type MessageSearch,
  type SearchedCustomer,
  type SearchedMessage,
  type SearchPosition,
  type UnindexedConversation,
} from "./ports/message-search";
import { type AgentPrincipal } from "./principal";

export interface SearchRequest {
  /** Folded, at least one. */
  readonly terms: readonly string[];
  readonly limit: number;
  readonly after?: SearchPosition | undefined;
  /** Whether nobody waits for the result any more. */
  readonly isCancelled: () => boolean;
}

export interface SearchPage {
  readonly messages: readonly SearchedMessage[];
  /** On the first page only. */
  readonly customers: readonly SearchedCustomer[];
  readonly isComplete: boolean;
  /** Where the next page starts; `undefined` at the end. */
  readonly next: SearchPosition | undefined;
}

/** Candidates that are read at once. */
const CANDIDATES = 100;
/** Most reads of one page. A page with fewer hits than its limit is not the end when it has a next one. */
const MAX_READS = 5;
const MAX_CUSTOMERS = 5;

/** Finds the messages that contain every term, newest first, and on the first page the customers whose name does. */
export async function searchMessages(
  { search }: { readonly search: MessageSearch },
  agent: AgentPrincipal,
  { terms, limit, after, isCancelled }: SearchRequest,
): Promise<SearchPage> {
  const { conversations: unindexed, isComplete } = await search.unindexed(agent);
  const customers = after === undefined ? await findCustomers(search, agent, terms, unindexed) : [];
  const messages: SearchedMessage[] = [];
  let position = after;
  for (let reads = 0; reads < MAX_READS && !isCancelled(); reads++) {
    const candidates = await search.candidates(agent, { terms, limit: CANDIDATES, after: position, unindexed });
    for (const candidate of candidates.messages) {
      if (messages.length === limit) return { messages, customers, isComplete, next: position };
      position = positionOf(candidate);
      if (containsTerms(candidate.message.body, terms)) messages.push(candidate);
    }
    if (candidates.isEnd) return { messages, customers, isComplete, next: undefined };
  }
  return { messages, customers, isComplete, next: position };
}

async function findCustomers(
  search: MessageSearch,
  agent: AgentPrincipal,
  terms: readonly string[],
  unindexed: readonly UnindexedConversation[],
): Promise<readonly SearchedCustomer[]> {
  const isNamed = ({ visitorName }: SearchedCustomer): boolean => containsTerms(visitorName, terms);
  const indexed = (await search.customers(agent, terms, CANDIDATES)).filter(isNamed);
  const latest = unindexed.filter((conversation) => conversation.indexedSeq === undefined && isNamed(conversation));
  return [...latest, ...indexed]
    .map(({ conversationId, visitorName, createdAt }) => ({ conversationId, visitorName, createdAt }))
    .slice(0, MAX_CUSTOMERS);
}

function positionOf({ message }: SearchedMessage): SearchPosition {
  return { time: new Date(message.createdAt), conversationId: message.conversationId, seq: message.seq };
}
