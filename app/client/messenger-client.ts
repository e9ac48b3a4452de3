import {
  ANY_AGENT_ID,
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
  /** Carries events to the server and back. */
  readonly transport: TransportFactory;
  readonly principal: PrincipalView;
  readonly ticket: () => Promise<Answer<TicketAnswer>>;
  readonly extendSession?: () => Promise<void>;
  /** Fetches the messages right before a seq. Without it, `loadEarlier` does nothing. */
  readonly history?: (conversationId: string, before: number) => Promise<Answer<HistoryAnswer>>;
  readonly store: OutboxStore;
  readonly environment: ClientEnvironment;
  /** @default DEFAULT_TIMINGS */
  readonly timings?: Partial<Timings>;
}

export interface MessengerClientEvents {
  /** Called once for each new message, in the order of its conversation; not for older ones that `loadEarlier` fetches. */
  readonly message?: (message: Message) => void;
  /** This conversation in the lists may have changed; without an id, any of them. */
  readonly inboxChanged?: (conversationId?: string) => void;
  /** There are new messages in these conversations, to which this client may not have subscribed. */
  readonly activity?: (conversationIds: readonly string[]) => void;
  readonly status?: (event: Parameters<ServerEvents["conversation:status"]>[0]) => void;
  readonly read?: (event: Parameters<ServerEvents["read"]>[0]) => void;
}

/**
 * Holds all conversations of one person. Every message in the server's log arrives here: live, or by a sync, which runs after every
 * connect, on a gap, when the server reports that something may be missing, and every few minutes.
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
      onVanished: (messages) => void this.#outbox.addAgain(messages),
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

  /** Reads the outbox and connects. Resolves once the outbox has been read, connected or not. */
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

  /** Connects at once instead of waiting for the backoff; also after the session has ended. */
  reconnect(): void {
    if (this.#connection.state.status === "ended") this.#connection.start();
    else this.#connection.retryNow();
  }

  /** For React's `useSyncExternalStore`: both work without `this`, and the state is the same object until something changes. */
  readonly subscribeState = this.#listeners.subscribe;
  readonly getState = (): ClientState => (this.#state ??= this.#snapshot());

  on(events: MessengerClientEvents): () => void {
    this.#eventListeners.add(events);
    return () => this.#eventListeners.delete(events);
  }

  /** Subscribes to a conversation: loads all messages after `afterSeq` and receives new ones. */
  subscribe(conversationId: string, afterSeq = 0): void {
    if (this.#logs.has(conversationId)) return;
    this.#logs.set(conversationId, new ConversationLog(afterSeq));
    this.#syncer.sync([conversationId]);
    this.#changed();
  }

  unsubscribe(conversationId: string): void {
    if (!this.#logs.has(conversationId)) return;
    this.forget(conversationId);
    // If the request is lost, further messages of the conversation are ignored.
    void this.#connection.request("unsubscribe", { conversationId });
  }

  /** Drops a conversation on this client, without telling the server. */
  forget(conversationId: string): void {
    if (!this.#logs.delete(conversationId)) return;
    this.#views.forget(conversationId);
    this.#presence.forget(conversationId);
    this.#changed();
  }

  /**
   * Adds a message to the outbox, to be sent as soon as there is a connection. Resolves with its id once it would survive a reload.
   *
   * @throws when it cannot be stored; it is not sent then
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

  /** Fetches one page of older messages. Returns false when the request fails. */
  async loadEarlier(conversationId: string): Promise<boolean> {
    const log = this.#logs.get(conversationId);
    if (log === undefined || log.from === 0) return true;
    const answer = await this.#options.history?.(conversationId, log.from + 1);
    if (answer?.ok !== true) return false;
    log.prepend(answer.messages);
    this.#changed();
    return true;
  }

  /** Marks everything that was received of the conversation as read by this person. */
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
      this.#syncer.syncAfterConnect();
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
      // The server has just stored a message, so it would accept ours too.
      this.#outbox.nudge();
    },
    resync: ({ withinMs }) => {
      this.#syncer.syncAllWithin(withinMs);
      this.#tell((listener) => listener.inboxChanged?.());
    },
    typing: (event) => this.#presence.showTyping(event),
    read: (event) => this.#tell((listener) => listener.read?.(event)),
    "inbox:changed": ({ conversationId }) => this.#tell((listener) => listener.inboxChanged?.(conversationId)),
    "inbox:activity": ({ conversationIds }) => this.#tell((listener) => listener.activity?.(conversationIds)),
    "conversation:status": (event) => {
      this.#logs.get(event.conversationId)?.noteStatus(event.status, event.seq);
      this.#changed();
      this.#tell((listener) => listener.status?.(event));
    },
    "conversation:removed": ({ conversationId }) => {
      this.forget(conversationId);
      this.#tell((listener) => listener.inboxChanged?.(conversationId));
    },
  };

  #insert(message: Message): void {
    const log = this.#logs.get(message.conversationId);
    if (log === undefined) return;
    if (log.contradicts(message)) {
      log.restart(message.seq);
      this.#syncer.sync([message.conversationId]);
      this.#changed();
      return;
    }
    const before = log.to;
    const appended = log.insert(message);
    this.#presence.hideTyping(message.conversationId, message.senderId);
    if (message.senderKind === "agent") this.#presence.hideTyping(message.conversationId, ANY_AGENT_ID);
    for (const each of appended) this.#tell((listener) => listener.message?.(each));
    void this.#outbox.addAgain(log.takeVanished());
    if (log.to < log.head) this.#syncer.syncIfBehind(message.conversationId);
    if (log.to > before) this.#changed();
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
