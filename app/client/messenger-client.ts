import {
  type HistoryAnswer,
  type Message,
  type PrincipalView,
  type ServerEvents,
  type TicketAnswer,
} from "../protocol";
import { type ClientState } from "./client-state";
import { Connection, type ConnectionState, type ConversationEvents } from "./connection";
import { ConversationLog } from "./conversation-log";
import { ConversationViews } from "./conversation-views";
import { type ClientEnvironment } from "./environment";
import { ChangeNotifier } from "./change-notifier";
import { Outbox } from "./outbox";
import { type OutboxStore } from "./outbox-store";
import { Presence } from "./presence";
import { type Answer } from "./rest-client";
import { Syncer } from "./syncer";
import { DEFAULT_TIMINGS, jittered, type Timings } from "./timings";
import { type TransportFactory } from "./transport/transport";

export interface MessengerClientOptions {
  /** How events travel to the server and back. */
  readonly transport: TransportFactory;
  readonly principal: PrincipalView;
  readonly ticket: () => Promise<Answer<TicketAnswer>>;
  readonly prolong?: () => Promise<void>;
  /** Fetches messages right before a seq; without it there is only what `subscribe` asked for. */
  readonly history?: (conversationId: string, before: number) => Promise<Answer<HistoryAnswer>>;
  readonly store: OutboxStore;
  readonly environment: ClientEnvironment;
  /** @default DEFAULT_TIMINGS */
  readonly timings?: Partial<Timings>;
}

export interface MessengerClientEvents {
  /** Each message once and in the order of its conversation; those of the history are not told. */
  readonly message?: (message: Message) => void;
  /** The list of conversations may have changed. */
  readonly inboxChanged?: () => void;
  readonly read?: (event: Parameters<ServerEvents["read"]>[0]) => void;
}

/**
 * One person's side of all their conversations. What was acknowledged is in the log of the server, and what is in the log comes here:
 * live, or by a sync on connecting, on a gap, when the server says that something may be missing, and every few minutes regardless.
 */
export class MessengerClient {
  readonly principal: PrincipalView;
  readonly #options: MessengerClientOptions;
  readonly #timings: Timings;
  readonly #logs = new Map<string, ConversationLog>();
  readonly #connection: Connection;
  readonly #outbox: Outbox;
  readonly #syncer: Syncer;
  readonly #presence: Presence;
  readonly #listeners = new ChangeNotifier();
  readonly #views: ConversationViews;
  readonly #eventListeners = new Set<MessengerClientEvents>();
  #state: ClientState | undefined;
  #periodic: NodeJS.Timeout | undefined;
  #stopWaking: (() => void) | undefined;

  constructor(options: MessengerClientOptions) {
    this.#options = options;
    this.principal = options.principal;
    this.#timings = { ...DEFAULT_TIMINGS, ...options.timings };
    const shared = { environment: options.environment, timings: this.#timings, online: () => this.#connection.online };
    this.#connection = new Connection({
      ...options,
      ...shared,
      onState: (state) => this.#connectionChanged(state),
      onEvent: (event, payload) => this.#received(event, payload),
    });
    this.#syncer = new Syncer({
      ...shared,
      logs: this.#logs,
      request: (payload) => this.#connection.request("sync", payload),
      onMessage: (message) => this.#tell((listener) => listener.message?.(message)),
      onGone: (id) => this.forget(id),
      onProgress: () => this.#changed(),
    });
    this.#outbox = new Outbox({
      ...shared,
      store: options.store,
      owner: options.principal.userId,
      send: (message) => this.#connection.request("message:send", message),
      onSent: ({ conversationId, clientMessageId, body }, { seq, createdAt }) =>
        this.#insert({ conversationId, clientMessageId, body, seq, createdAt, ...this.#sender() }),
      onChange: () => this.#changed(),
    });
    this.#presence = new Presence({
      ...shared,
      ownId: options.principal.userId,
      request: (event, payload) => this.#connection.request(event, payload),
      onChange: () => this.#changed(),
    });
    this.#views = new ConversationViews({
      outgoing: () => this.#outbox.items,
      typing: (id) => this.#presence.typingIn(id),
    });
  }

  /** Reads the outbox and connects. Resolves when the outbox has been read, whether or not there is a connection. */
  async start(): Promise<void> {
    this.#connection.start();
    this.#schedulePeriodicSync();
    this.#stopWaking = this.#options.environment.onWake(() => this.#syncer.syncAllWithin(this.#timings.wakeMs));
    await this.#outbox.start();
  }

  stop(): void {
    clearTimeout(this.#periodic);
    this.#stopWaking?.();
    this.#outbox.stop();
    this.#syncer.stop();
    this.#presence.stop();
    this.#connection.stop();
    this.#options.store.close();
  }

  /** Tries at once instead of waiting for the backoff; begins anew after the session has ended. */
  reconnect(): void {
    if (this.#connection.state.status === "ended") this.#connection.start();
    else this.#connection.retryNow();
  }

  /** For React's useSyncExternalStore: both are bound, and the state is the same object until something changes. */
  readonly subscribeState = this.#listeners.subscribe;
  readonly getState = (): ClientState => (this.#state ??= this.#snapshot());

  on(events: MessengerClientEvents): () => void {
    this.#eventListeners.add(events);
    return () => this.#eventListeners.delete(events);
  }

  /** Takes part in a conversation: everything behind `afterSeq` comes, now and later. */
  subscribe(conversationId: string, afterSeq = 0): void {
    if (this.#logs.has(conversationId)) return;
    this.#logs.set(conversationId, new ConversationLog(afterSeq));
    this.#syncer.sync([conversationId]);
    this.#changed();
  }

  unsubscribe(conversationId: string): void {
    if (!this.#logs.has(conversationId)) return;
    this.forget(conversationId);
    // When it does not arrive, what comes for the conversation is ignored.
    void this.#connection.request("unsubscribe", { conversationId });
  }

  /** Drops what is here of a conversation, without telling the server. */
  forget(conversationId: string): void {
    if (!this.#logs.delete(conversationId)) return;
    this.#views.forget(conversationId);
    this.#presence.forget(conversationId);
    this.#changed();
  }

  /**
   * Queues a message. Resolves with its id when it would survive a reload; it is sent as soon as there is a connection.
   * @throws when it could not be kept; it is not sent then
   */
  async send(conversationId: string, body: string): Promise<string> {
    return (await this.#outbox.add(conversationId, body)).clientMessageId;
  }

  retry(clientMessageId: string): Promise<void> {
    return this.#outbox.retry(clientMessageId);
  }

  discard(clientMessageId: string): Promise<void> {
    return this.#outbox.discard(clientMessageId);
  }

  /** Fetches one page of older messages. False when the server could not be asked. */
  async loadEarlier(conversationId: string): Promise<boolean> {
    const log = this.#logs.get(conversationId);
    if (log === undefined || log.from === 0) return true;
    const answer = await this.#options.history?.(conversationId, log.from + 1);
    if (answer?.ok !== true) return false;
    log.prepend(answer.messages);
    this.#changed();
    return true;
  }

  /** Everything that is here of the conversation was seen by this person. */
  markRead(conversationId: string): void {
    const log = this.#logs.get(conversationId);
    if (log !== undefined) this.#presence.markRead(conversationId, log.to);
  }

  typing(conversationId: string): void {
    this.#presence.typing(conversationId);
  }

  #sender(): Pick<Message, "senderId" | "senderKind" | "senderName"> {
    const { userId, kind, name } = this.principal;
    return { senderId: userId, senderKind: kind, senderName: name };
  }

  #connectionChanged(state: ConnectionState): void {
    if (state.status === "online") {
      this.#syncer.sync(this.#logs.keys());
      this.#outbox.flush();
      this.#presence.flush();
      this.#tell((listener) => listener.inboxChanged?.());
    }
    this.#changed();
  }

  #received<E extends keyof ConversationEvents>(event: E, payload: Parameters<ConversationEvents[E]>[0]): void {
    const handle = this.#handlers[event] as ((payload: Parameters<ConversationEvents[E]>[0]) => void) | undefined;
    handle?.(payload);
  }

  readonly #handlers: ConversationEvents = {
    message: (message) => {
      this.#insert(message);
      // Somebody's message was stored just now, so that ours would be, too.
      this.#outbox.nudge();
    },
    resync: ({ withinMs }) => {
      this.#syncer.syncAllWithin(withinMs);
      this.#tell((listener) => listener.inboxChanged?.());
    },
    typing: (event) => this.#presence.showTyping(event),
    read: (event) => this.#tell((listener) => listener.read?.(event)),
    "inbox:changed": () => this.#tell((listener) => listener.inboxChanged?.()),
    "conversation:removed": ({ conversationId }) => {
      this.forget(conversationId);
      this.#tell((listener) => listener.inboxChanged?.());
    },
  };

  #insert(message: Message): void {
    const log = this.#logs.get(message.conversationId);
    if (log === undefined) return;
    const appended = log.insert(message);
    this.#presence.hideTyping(message.conversationId, message.senderId);
    for (const each of appended) this.#tell((listener) => listener.message?.(each));
    if (log.to < log.head) this.#syncer.syncIfBehind(message.conversationId);
    if (appended.length > 0) this.#changed();
  }

  #schedulePeriodicSync(): void {
    const { environment } = this.#options;
    this.#periodic = setTimeout(
      () => {
        this.#syncer.sync(this.#logs.keys());
        this.#tell((listener) => listener.inboxChanged?.());
        this.#schedulePeriodicSync();
      },
      jittered(this.#timings.periodicSyncMs, environment.random),
    );
  }

  #tell(call: (listener: MessengerClientEvents) => void): void {
    for (const listener of [...this.#eventListeners]) call(listener);
  }

  #changed(): void {
    this.#state = undefined;
    this.#listeners.notify();
  }

  #snapshot(): ClientState {
    return {
      connection: this.#connection.state,
      conversations: this.#views.of(this.#logs),
      outgoing: this.#outbox.items,
    };
  }
}
