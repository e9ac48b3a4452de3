/** The part of Storage that is used. */
export interface DraftStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * What a person has typed and not sent, per conversation. Written at each keystroke and at once: local storage is the one that is done
 * before a page goes away.
 */
export class Drafts {
  readonly #storage: DraftStorage;
  readonly #prefix: string;

  constructor(userId: string, storage: DraftStorage) {
    this.#storage = storage;
    this.#prefix = `messenger-crm:${userId}:draft:`;
  }

  get(conversationId: string): string {
    return this.#quietly(() => this.#storage.getItem(this.#prefix + conversationId)) ?? "";
  }

  set(conversationId: string, text: string): void {
    const key = this.#prefix + conversationId;
    this.#quietly(() => (text === "" ? this.#storage.removeItem(key) : this.#storage.setItem(key, text)));
  }

  /** Storage may be forbidden or full; then a draft lives as long as the page. */
  #quietly<T>(action: () => T): T | undefined {
    try {
      return action();
    } catch {
      return undefined;
    }
  }
}

export function memoryDraftStorage(): DraftStorage {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}
