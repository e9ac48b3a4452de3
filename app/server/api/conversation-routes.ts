import {
  type ColleaguesAnswer,
  type ConversationAnswer,
  type HistoryAnswer,
  type InboxAnswer,
  MAX_HISTORY_PAGE,
  MAX_INBOX_PAGE,
  type Refusal,
  restBodies,
} from "../../protocol";
import { type Conversations, decodeCursor } from "../conversations";
import { type StoredMessageLog } from "../messages";
import { type Principal } from "../domain/principal";
import { type Notifier } from "../services";
import { integerOf, invalid, notFound } from "./parameters";
import { type Call, type Route, route } from "./route";

export interface ConversationParts {
  readonly conversations: Conversations;
  readonly messages: StoredMessageLog;
  readonly notifier: Notifier;
}

const SEQ = { min: 0, max: Number.MAX_SAFE_INTEGER } as const;

export function conversationRoutes(parts: ConversationParts): readonly Route[] {
  const { conversations, notifier } = parts;
  return [
    route({ method: "GET", path: "/conversations", caller: "agent", handle: (call) => inbox(parts, call) }),
    route({
      method: "GET",
      path: "/conversations/:id",
      caller: "person",
      handle: ({ caller, id }) => answerWith(parts, caller, id()),
    }),
    route({
      method: "GET",
      path: "/conversations/:id/messages",
      caller: "person",
      handle: (call) => history(parts, call),
    }),
    route({
      method: "POST",
      path: "/conversations/:id/take",
      caller: "agent",
      handle: async ({ caller, id }) => {
        if (!(await conversations.take(caller, id()))) return notFound();
        notifier.inboxChangedForAll(id());
        return answerWith(parts, caller, id());
      },
    }),
    ...statusRoutes(parts),
    ...memberRoutes(parts),
    route({
      method: "GET",
      path: "/colleagues",
      caller: "agent",
      handle: async (): Promise<ColleaguesAnswer> => ({ ok: true, colleagues: await conversations.colleagues() }),
    }),
  ];
}

function statusRoutes(parts: ConversationParts): readonly Route[] {
  const change = (action: string, status: "open" | "closed") =>
    route({
      method: "POST",
      path: `/conversations/:id/${action}`,
      caller: "agent",
      handle: async ({ caller, id }) => {
        if (!(await parts.conversations.setStatus(caller, id(), status))) return notFound();
        const answer = await answerWith(parts, caller, id());
        if (answer.ok)
          tellMembers(
            parts.notifier,
            id(),
            answer.members.map((member) => member.userId),
          );
        return answer;
      },
    });
  return [change("close", "closed"), change("reopen", "open")];
}

function memberRoutes(parts: ConversationParts): readonly Route[] {
  const { conversations, notifier } = parts;
  return [
    route({
      method: "POST",
      path: "/conversations/:id/members",
      caller: "agent",
      body: restBodies.addMember,
      handle: async ({ caller, id, body }) => {
        if (!(await conversations.addMember(caller, id(), body.userId))) return notFound();
        const answer = await answerWith(parts, caller, id());
        if (answer.ok) notifier.inboxChangedForAll(id());
        return answer;
      },
    }),
    route({
      method: "DELETE",
      path: "/conversations/:id/members/:userId",
      caller: "agent",
      handle: async ({ caller, id }) => {
        const others = await conversations.removeMember(caller, id(), id("userId"));
        if (others === undefined) return notFound();
        notifier.removeFromConversation(id("userId"), id());
        tellMembers(notifier, id(), others);
        const answer = await answerWith(parts, caller, id());
        return answer.ok ? answer : { ok: true };
      },
    }),
  ];
}

/** Without members it is in the queue, which everybody sees. */
function tellMembers(notifier: Notifier, conversationId: string, members: readonly string[]): void {
  if (members.length === 0) notifier.inboxChangedForAll(conversationId);
  else notifier.inboxChanged(members, conversationId);
}

async function answerWith({ conversations }: ConversationParts, principal: Principal, conversationId: string) {
  const one = await conversations.one(principal, conversationId);
  return one === undefined ? notFound() : ({ ok: true, ...one } satisfies ConversationAnswer);
}

async function inbox(
  { conversations }: ConversationParts,
  { caller, query }: Call<"agent", undefined>,
): Promise<InboxAnswer> {
  const limit = integerOf("limit", query("limit"), { min: 1, max: MAX_INBOX_PAGE, fallback: MAX_INBOX_PAGE });
  const text = query("cursor");
  const cursor = text === undefined ? undefined : decodeCursor(text);
  if (text !== undefined && cursor === undefined) throw invalid("The cursor is not one of ours.");
  return { ok: true, ...(await conversations.inbox(caller, limit, cursor)) };
}

async function history(
  { messages }: ConversationParts,
  call: Call<"person", undefined>,
): Promise<HistoryAnswer | Refusal> {
  const { caller, id, query } = call;
  const limit = integerOf("limit", query("limit"), { min: 1, max: MAX_HISTORY_PAGE, fallback: MAX_HISTORY_PAGE });
  const [before, after] = [query("before"), query("after")];
  if (before !== undefined && after !== undefined) throw invalid("before and after exclude each other.");
  if (after !== undefined) {
    const seq = integerOf("after", after, { ...SEQ, fallback: 0 });
    const page = (await messages.after(caller, { [id()]: seq })).get(id());
    if (page === undefined) return notFound();
    const shown = page.messages.slice(0, limit);
    return { ok: true, messages: shown, more: (shown.at(-1)?.seq ?? page.headSeq) < page.headSeq };
  }
  const seq = integerOf("before", before, { ...SEQ, fallback: SEQ.max });
  const found = await messages.before(caller, id(), { seq, limit });
  if (found === undefined) return notFound();
  return { ok: true, messages: found, more: (found[0]?.seq ?? 1) > 1 };
}
