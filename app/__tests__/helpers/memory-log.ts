import { type Message } from "../../protocol";
import { type Principal } from "../../server/domain/principal";
import { type AppendResult, type MessageLog, type NewMessage, type Page } from "../../server/domain/ports/message-log";
import { DatabaseUnavailable } from "../../server/domain/ports/errors";

/** A message log in memory, in which members may do everything. It can be made slow or unavailable. */
export class MemoryLog implements MessageLog {
  readonly members = new Map<string, Set<string>>();
  readonly stored: Message[] = [];
  unavailable = false;
  /** Awaited by each call. */
  delay: () => Promise<void> = () => Promise.resolve();

  admit(conversationId: string, { userId }: Pick<Principal, "userId">): void {
    this.members.set(conversationId, (this.members.get(conversationId) ?? new Set()).add(userId));
  }

  remove(conversationId: string, { userId }: Pick<Principal, "userId">): void {
    this.members.get(conversationId)?.delete(userId);
  }

  async append(principal: Principal, message: NewMessage): Promise<AppendResult> {
    await this.#answer();
    if (!this.#may(principal, message.conversationId)) return { kind: "not-found" };
    const log = this.#of(message.conversationId);
    const earlier = log.find(({ clientMessageId }) => clientMessageId === message.clientMessageId);
    if (earlier !== undefined) {
      const isSame = earlier.senderId === principal.userId && earlier.body === message.body;
      return isSame ? this.#found("duplicate", earlier) : { kind: "conflict" };
    }
    const stored: Message = {
      ...message,
      seq: log.length + 1,
      senderKind: principal.kind,
      senderId: principal.userId,
      senderName: principal.name,
      createdAt: new Date().toISOString(),
    };
    this.stored.push(stored);
    return this.#found("stored", stored);
  }

  async after(principal: Principal, conversations: Readonly<Record<string, number>>): Promise<Map<string, Page>> {
    await this.#answer();
    const allowed = Object.entries(conversations).filter(([id]) => this.#may(principal, id));
    return new Map(
      allowed.map(([id, seq]) => {
        const log = this.#of(id);
        return [id, { messages: log.filter((message) => message.seq > seq), headSeq: log.length, status: "open" }];
      }),
    );
  }

  async before(
    principal: Principal,
    conversationId: string,
    { seq, limit }: { readonly seq: number; readonly limit: number },
  ): Promise<readonly Message[] | undefined> {
    await this.#answer();
    if (!this.#may(principal, conversationId)) return undefined;
    const earlier = this.#of(conversationId).filter((message) => message.seq < seq);
    return earlier.slice(Math.max(0, earlier.length - limit));
  }

  async readable(principal: Principal, conversationIds: readonly string[]): Promise<Set<string>> {
    await this.#answer();
    return new Set(conversationIds.filter((id) => this.#may(principal, id)));
  }

  async markRead(principal: Principal, conversationId: string, seq: number): Promise<number | undefined> {
    await this.#answer();
    return this.#may(principal, conversationId) ? Math.min(seq, this.#of(conversationId).length) : undefined;
  }

  async #answer(): Promise<void> {
    await this.delay();
    if (this.unavailable) throw new DatabaseUnavailable("unavailable");
  }

  /** Every member counts as an agent. */
  #found(kind: "stored" | "duplicate", message: Message): AppendResult {
    return { kind, message, memberIds: [...(this.members.get(message.conversationId) ?? [])], reopened: false };
  }

  #may({ userId }: Principal, conversationId: string): boolean {
    return this.members.get(conversationId)?.has(userId) ?? false;
  }

  #of(conversationId: string): Message[] {
    return this.stored.filter((message) => message.conversationId === conversationId);
  }
}
