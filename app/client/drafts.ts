/** The part of `Storage` that drafts need. */
export interface DraftStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Calls the listener with each key that another tab has changed, and its new value. Returns a function that removes it. */
export type WatchDrafts = (listener: (key: string | null, value: string | null) => void) => () => void;

/**
 * Keeps what a person has typed and not sent, by conversation. It is written at each keystroke, to local storage, because that is
 * synchronous: the draft is stored even when the page closes at once.
 */
export class Drafts {
  readonly #storage: DraftStorage;
  readonly #watch: WatchDrafts;
  readonly #prefix: string;

  /** @param watch reports what other tabs write; without it, tabs do not follow each other */
  constructor(userId: string, storage: DraftStorage, watch: WatchDrafts = () => () => undefined) {
    this.#storage = storage;
    this.#watch = watch;
    this.#prefix = `messenger-crm:${userId}:draft:`;
  }

  get(conversationId: string): string {
    return this.#quietly(() => this.#storage.getItem(this.#prefix + conversationId)) ?? "";
  }

  set(conversationId: string, text: string): void {
    const key = this.#prefix + conversationId;
    this.#quietly(() => (text === "" ? this.#storage.removeItem(key) : this.#storage.setItem(key, text)));
  }

  /** Calls the listener when another tab has changed the draft. Returns a function that removes it. */
  onChange(conversationId: string, listener: (text: string) => void): () => void {
    return this.#watch((key, value) => {
      if (key === this.#prefix + conversationId) listener(value ?? "");
    });
  }

  /** Ignores errors of a storage that is forbidden or full; drafts then last as long as the page. */
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
