import { type Statement } from "../data/database";
import { type Access, allowed, forEachAccess } from "../messages/access";

const HEADER = "c.id, v.name as visitor_name, c.status::text as status, c.created_at, c.updated_at";
const LAST_MESSAGE =
  "msg.conversation_id, msg.seq, msg.client_message_id, msg.sender_kind, msg.sender_id, msg.sender_name, msg.body, msg.created_at as sent_at";

/** $1 user, $2 and $3 time and id of the last known row (or null), $4 limit. */
export const MINE: Statement = {
  name: "inbox-mine",
  text: `
select ${HEADER}, c.last_seq, own.last_read_seq, ${LAST_MESSAGE}
from conversation_member own
join conversation c on c.id = own.conversation_id
join visitor v on v.id = c.visitor_id
left join message msg on msg.conversation_id = c.id and msg.seq = c.last_seq
where own.user_id = $1 and ($2::timestamptz is null or (c.updated_at, c.id) < ($2, $3::uuid))
order by c.updated_at desc, c.id desc limit $4`,
};

/** $1 and $2 time and id of the last known row (or null), $3 limit. */
export const QUEUE: Statement = {
  name: "inbox-queue",
  text: `
select ${HEADER}
from conversation c join visitor v on v.id = c.visitor_id
where c.status = 'open' and c.taken_at is null
  and ($1::timestamptz is null or (c.created_at, c.id) < ($1, $2::uuid))
order by c.created_at desc, c.id desc limit $3`,
};

/** The highest seq that the person has read. */
const readSeq = (access: Access) =>
  access === "visitor"
    ? "c.visitor_last_read_seq"
    : "coalesce((select m.last_read_seq from conversation_member m where m.conversation_id = c.id and m.user_id = $1), 0)";

/** $1 person, $2 conversation. */
export const ONE = forEachAccess(
  "conversation-one",
  (access) => `
select ${HEADER}, c.last_seq, ${readSeq(access)} as last_read_seq, ${LAST_MESSAGE}, (
  select coalesce(json_agg(json_build_object('userId', m.user_id, 'name', u.name, 'lastReadSeq', m.last_read_seq)
    order by m.joined_at, m.user_id), '[]')
  from conversation_member m join app_user u on u.id = m.user_id where m.conversation_id = c.id
) as members
from conversation c
join visitor v on v.id = c.visitor_id
left join message msg on msg.conversation_id = c.id and msg.seq = c.last_seq
where c.id = $2 and ${allowed(access, "$1")}`,
);

/** $1 user, $2 conversation. taken_at is checked again under the row's lock, so that one of two concurrent agents gets it. */
export const TAKE: Statement = {
  name: "conversation-take",
  text: `
with taken as (
  update conversation set taken_at = now() where id = $2 and taken_at is null and status = 'open' returning id
)
insert into conversation_member (conversation_id, user_id) select id, $1 from taken
on conflict do nothing returning conversation_id`,
};

/** $1 person, $2 conversation, $3 status. */
export const SET_STATUS = forEachAccess(
  "conversation-status",
  (access) => `
update conversation c set status = $3::conversation_status
where c.id = $2 and ${allowed(access, "$1")} returning c.id`,
);

/** $1 person, $2 conversation, $3 the new member, an active user. */
export const ADD_MEMBER = forEachAccess(
  "conversation-add-member",
  (access) => `
with allowed as (
  select c.id as conversation_id, u.id as user_id from conversation c, app_user u
  where c.id = $2 and ${allowed(access, "$1")} and u.id = $3 and u.disabled_at is null
), taken as (
  update conversation c set taken_at = coalesce(c.taken_at, now()) from allowed where c.id = allowed.conversation_id
), added as (
  insert into conversation_member (conversation_id, user_id) select conversation_id, user_id from allowed
  on conflict do nothing
)
select conversation_id from allowed`,
);

/** $1 person, $2 conversation, $3 the member. Without its last member, the conversation returns to the queue. */
export const REMOVE_MEMBER = forEachAccess(
  "conversation-remove-member",
  (access) => `
with removed as (
  delete from conversation_member gone using conversation c
  where gone.conversation_id = $2 and gone.user_id = $3 and c.id = $2 and ${allowed(access, "$1")}
  returning gone.conversation_id
), others as (
  select m.user_id from conversation_member m where m.conversation_id = $2 and m.user_id <> $3
), released as (
  update conversation c set taken_at = null from removed
  where c.id = removed.conversation_id and not exists (select from others)
)
select (select coalesce(json_agg(others.user_id), '[]') from others) as others from removed`,
);
