/** Calls its subscribers when something has changed. */
export class ChangeNotifier {
  readonly #listeners = new Set<() => void>();

  /** Returns a function that unsubscribes. An arrow function, because React calls it without `this`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
