import { RateLimited } from "../domain/ports/errors";
import {
  type CandidateRequest,
  type Candidates,
  type MessageSearch,
  type SearchedCustomer,
  type Unindexed,
} from "../domain/ports/message-search";
import { type AgentPrincipal } from "../domain/principal";
import { FairQueue } from "../limits/fair-queue";
import { LocalQuota } from "../limits/local-quota";

/** Reads that the searches of one agent may make: most take three, a rare one seven, and a person who types starts two a second. */
const READS_PER_AGENT = { name: "search-reads", points: 100, durationSec: 10 } as const;
const RETRY_MS = 2000;

/** Reads of one agent that may wait for each other. */
const MAX_WAITING = 12;

/**
 * Runs the searches of one agent one after the other, and few of all agents at once, so that other requests get database connections: no
 * other request reads as many rows.
 */
export class FairSearch implements MessageSearch {
  readonly #queue: FairQueue;
  readonly #quota: LocalQuota;

  constructor(
    private readonly search: MessageSearch,
    { maxReads, quota = new LocalQuota(READS_PER_AGENT) }: { readonly maxReads: number; readonly quota?: LocalQuota },
  ) {
    this.#queue = new FairQueue(maxReads, MAX_WAITING);
    this.#quota = quota;
  }

  unindexed(agent: AgentPrincipal): Promise<Unindexed> {
    return this.#read(agent, () => this.search.unindexed(agent));
  }

  candidates(agent: AgentPrincipal, request: CandidateRequest): Promise<Candidates> {
    return this.#read(agent, () => this.search.candidates(agent, request));
  }

  customers(agent: AgentPrincipal, terms: readonly string[], limit: number): Promise<readonly SearchedCustomer[]> {
    return this.#read(agent, () => this.search.customers(agent, terms, limit));
  }

  /** @throws RateLimited */
  async #read<T>({ userId }: AgentPrincipal, read: () => Promise<T>): Promise<T> {
    if (this.#queue.isFull(userId) || !this.#quota.take(userId)) throw new RateLimited(RETRY_MS);
    return this.#queue.run(userId, read);
  }
}
