import {
  type ColleaguesAnswer,
  type ConversationAnswer,
  type HistoryAnswer,
  type InboxAnswer,
  MAX_HISTORY_PAGE,
  MAX_INBOX_IDS,
  MAX_INBOX_PAGE,
  type OthersAnswer,
  type Refusal,
  restBodies,
} from "../../protocol";
import { addMember } from "../domain/add-member";
import { closeConversation } from "../domain/close-conversation";
import { findInboxEntries } from "../domain/find-inbox-entries";
import { type InboxList, listInbox } from "../domain/list-inbox";
import { listOthers } from "../domain/list-others";
import { type ConversationDetails, type Conversations, type ListPage } from "../domain/ports/conversations";
import { type MessageLog } from "../domain/ports/message-log";
import { type Notifier } from "../domain/ports/notifier";
import { readHistory } from "../domain/read-history";
import { removeMember } from "../domain/remove-member";
import { reopenConversation } from "../domain/reopen-conversation";
import { takeConversation } from "../domain/take-conversation";
import { decodeCursor, encodeCursor } from "./inbox-cursor";
import { idsOf, integerOf, invalid, notFound } from "./parameters";
import { type Call, type Route, route } from "./route";

export interface ConversationServices {
  readonly conversations: Conversations;
  readonly messages: MessageLog;
  readonly notifier: Notifier;
}

const SEQ = { min: 0, max: Number.MAX_SAFE_INTEGER } as const;

export function conversationRoutes(services: ConversationServices): readonly Route[] {
  const { conversations } = services;
  return [
    route({ method: "GET", path: "/conversations", caller: "agent", handle: (call) => inbox(services, call) }),
    // Before the route of one conversation, whose id it would otherwise be.
    route({ method: "GET", path: "/conversations/others", caller: "admin", handle: (call) => others(services, call) }),
    route({ method: "GET", path: "/inbox", caller: "agent", handle: (call) => inboxEntries(services, call) }),
    route({
      method: "GET",
      path: "/conversations/:id",
      caller: "person",
      handle: async ({ caller, id }) => detailsAnswer(await conversations.find(caller, id())),
    }),
    route({
      method: "GET",
      path: "/conversations/:id/messages",
      caller: "person",
      handle: (call) => history(services, call),
    }),
    changeRoute("take", (agent, id) => takeConversation(services, agent, id)),
    changeRoute("close", (agent, id) => closeConversation(services, agent, id)),
    changeRoute("reopen", (agent, id) => reopenConversation(services, agent, id)),
    ...memberRoutes(services),
    route({
      method: "GET",
      path: "/colleagues",
      caller: "agent",
      handle: async (): Promise<ColleaguesAnswer> => ({ ok: true, colleagues: await conversations.listColleagues() }),
    }),
  ];
}

type Change = (
  agent: Call<"agent", undefined>["caller"],
  conversationId: string,
) => Promise<ConversationDetails | undefined>;

function changeRoute(action: string, change: Change): Route {
  return route({
    method: "POST",
    path: `/conversations/:id/${action}`,
    caller: "agent",
    handle: async ({ caller, id }) => detailsAnswer(await change(caller, id())),
  });
}

function memberRoutes(services: ConversationServices): readonly Route[] {
  return [
    route({
      method: "POST",
      path: "/conversations/:id/members",
      caller: "agent",
      body: restBodies.addMember,
      handle: async ({ caller, id, body }) => detailsAnswer(await addMember(services, caller, id(), body.userId)),
    }),
    route({
      method: "DELETE",
      path: "/conversations/:id/members/:userId",
      caller: "agent",
      handle: async ({ caller, id }) => {
        const result = await removeMember(services, caller, id(), id("userId"));
        if (result.kind === "not-found") return notFound();
        return { ok: true, ...result.details };
      },
    }),
  ];
}

function detailsAnswer(details: ConversationDetails | undefined): ConversationAnswer | Refusal {
  return details === undefined ? notFound() : { ok: true, ...details };
}

async function inbox(services: ConversationServices, call: Call<"agent", undefined>): Promise<InboxAnswer> {
  const { limit, cursor } = pageOf(call, ["mine", "queue"]);
  const { mine, queue, waiting, unread } = await listInbox(services, call.caller, { limit, cursor });
  return {
    ok: true,
    mine: mine.items,
    queue: queue.items,
    waiting,
    unread,
    next: { mine: cursorOf("mine", mine), queue: cursorOf("queue", queue) },
  };
}

async function inboxEntries(services: ConversationServices, call: Call<"agent", undefined>): Promise<InboxAnswer> {
  const ids = idsOf("ids", call.query("ids"), MAX_INBOX_IDS);
  const entries = await findInboxEntries(services, call.caller, ids);
  return { ok: true, ...entries, next: { mine: null, queue: null } };
}

async function others(services: ConversationServices, call: Call<"admin", undefined>): Promise<OthersAnswer> {
  const { limit, cursor } = pageOf(call, ["others"]);
  const page = await listOthers(services, call.caller, { limit, after: cursor?.position });
  return { ok: true, others: page.items, next: cursorOf("others", page) };
}

/** Reads the page that a request asks for, of one of these lists. @throws RefusedRequest */
function pageOf({ query }: Pick<Call<"agent", undefined>, "query">, lists: readonly InboxList[]) {
  const limit = integerOf("limit", query("limit"), { min: 1, max: MAX_INBOX_PAGE, fallback: MAX_INBOX_PAGE });
  const text = query("cursor");
  const cursor = text === undefined ? undefined : decodeCursor(text);
  if (text !== undefined && (cursor === undefined || !lists.includes(cursor.list))) {
    throw invalid("The cursor is not one of ours.");
  }
  return { limit, cursor };
}

function cursorOf(list: InboxList, { next }: ListPage<unknown>): string | null {
  return next === undefined ? null : encodeCursor({ list, position: next });
}

async function history(
  services: ConversationServices,
  { caller, id, query }: Call<"person", undefined>,
): Promise<HistoryAnswer | Refusal> {
  const limit = integerOf("limit", query("limit"), { min: 1, max: MAX_HISTORY_PAGE, fallback: MAX_HISTORY_PAGE });
  const [before, after] = [query("before"), query("after")];
  if (before !== undefined && after !== undefined) throw invalid("before and after exclude each other.");
  const direction = after === undefined ? "before" : "after";
  const seq =
    after === undefined
      ? integerOf("before", before, { ...SEQ, fallback: SEQ.max })
      : integerOf("after", after, { ...SEQ, fallback: 0 });
  const page = await readHistory(services, caller, { conversationId: id(), direction, seq, limit });
  return page === undefined ? notFound() : { ok: true, ...page };
}
