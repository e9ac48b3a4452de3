import {
  browserEnvironment,
  Drafts,
  IndexedOutboxStore,
  memoryDraftStorage,
  MemoryOutboxStore,
  MessengerClient,
  type OutboxStore,
  RestClient,
  socketIoTransport,
  type WatchDrafts,
} from "../../client";
import { type HistoryAnswer, MAX_HISTORY_PAGE, type PrincipalView } from "../../protocol";

const PAGE = Math.min(50, MAX_HISTORY_PAGE);

export interface Messenger {
  readonly client: MessengerClient;
  readonly rest: RestClient;
  readonly drafts: Drafts;
}

export interface MessengerOptions {
  readonly principal: PrincipalView;
  /** Public origin of the sockets, if it is not the page's. */
  readonly socketUrl: string | undefined;
  /** Whether to poll without trying a WebSocket first. @default false */
  readonly pollingOnly?: boolean | undefined;
}

/** Creates the client and what belongs to it from the features that this browser has. */
export function browserMessenger({ principal, socketUrl, pollingOnly = false }: MessengerOptions): Messenger {
  const rest = browserRest();
  const client = new MessengerClient({
    transport: socketIoTransport({
      url: socketUrl ?? window.location.origin,
      ...(pollingOnly ? { socketOptions: { transports: ["polling"] } } : {}),
    }),
    principal,
    ticket: () => rest.ticket(principal.kind),
    // A visitor's token lasts longer than any page stays open.
    extendSession: principal.kind === "agent" ? extendSession : undefined,
    history: (id, before) =>
      rest.get<HistoryAnswer>(`/api/conversations/${id}/messages?before=${before}&limit=${PAGE}`),
    store: outboxStore(principal.userId),
    environment: browserEnvironment(window),
  });
  return { client, rest, drafts: new Drafts(principal.userId, draftStorage(), watchStorage) };
}

export function browserRest(): RestClient {
  return new RestClient(window.fetch.bind(window));
}

function outboxStore(userId: string): OutboxStore {
  if (typeof indexedDB === "undefined") return new MemoryOutboxStore();
  if (typeof BroadcastChannel === "undefined") return new IndexedOutboxStore(userId);
  return new IndexedOutboxStore(userId, (name) => new BroadcastChannel(name));
}

function draftStorage() {
  try {
    return window.localStorage;
  } catch {
    // The browser's settings forbid local storage.
    return memoryDraftStorage();
  }
}

/** The browser sends this event to every other tab of the site. */
const watchStorage: WatchDrafts = (listener) => {
  const onStorage = ({ key, newValue }: StorageEvent): void => listener(key, newValue);
  window.addEventListener("storage", onStorage);
  return () => window.removeEventListener("storage", onStorage);
};

/** Extends the session cookie through next-auth's own route, which requires its CSRF token. */
async function extendSession(): Promise<void> {
  try {
    const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { readonly csrfToken: string };
    await fetch("/api/auth/session", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ csrfToken }),
    });
  } catch {
    // The next ticket shows whether it worked.
  }
}
