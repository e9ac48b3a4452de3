/** Counts the open sockets of each user on this task. */
export class SocketsByUser {
  readonly #open = new Map<string, number>();

  constructor(private readonly max: number) {}

  isFull(userId: string): boolean {
    return (this.#open.get(userId) ?? 0) >= this.max;
  }

  add(userId: string): void {
    this.#open.set(userId, (this.#open.get(userId) ?? 0) + 1);
  }

  remove(userId: string): void {
    const open = (this.#open.get(userId) ?? 0) - 1;
    if (open > 0) this.#open.set(userId, open);
    else this.#open.delete(userId);
  }
}
