import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  customType,
  index,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

/** With the precision of JavaScript's dates, so that a time stays the same when it is read and written again. */
const timestampMs = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });
const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });
const seqColumn = (name: string) => bigint(name, { mode: "number" });

export const roleType = pgEnum("user_role", ["agent", "admin"]);
export const conversationStatus = pgEnum("conversation_status", ["open", "closed"]);
export const senderKind = pgEnum("sender_kind", ["agent", "visitor"]);

export const appUser = pgTable(
  "app_user",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    email: text("email").notNull().unique(),
    name: text("name").notNull(),
    role: roleType("role").notNull(),
    /** argon2id in PHC format; null for users who sign in through the identity provider only. */
    passwordHash: text("password_hash"),
    disabledAt: timestampMs("disabled_at"),
    createdAt: timestampMs("created_at").notNull().defaultNow(),
  },
  (table) => [check("app_user_email_lower_case", sql`${table.email} = lower(${table.email})`)],
);

export const invitation = pgTable(
  "invitation",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    email: text("email").notNull(),
    role: roleType("role").notNull(),
    /** SHA-256 of the token, in hex, so that reading the table does not allow accepting an invitation. */
    tokenHash: text("token_hash").notNull().unique(),
    invitedBy: uuid("invited_by")
      .notNull()
      .references(() => appUser.id),
    expiresAt: timestampMs("expires_at").notNull(),
    acceptedAt: timestampMs("accepted_at"),
  },
  (table) => [
    index("invitation_email").on(table.email),
    check("invitation_email_lower_case", sql`${table.email} = lower(${table.email})`),
  ],
);

export const visitor = pgTable("visitor", {
  id: uuid("id").primaryKey().defaultRandom(),
  name: text("name").notNull(),
  createdAt: timestampMs("created_at").notNull().defaultNow(),
});

/**
 * Every message updates its conversation's row. No index contains a column that a message changes, so that PostgreSQL can use heap-only
 * tuples and the indexes do not grow.
 */
export const conversation = pgTable(
  "conversation",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    visitorId: uuid("visitor_id")
      .notNull()
      .references(() => visitor.id, { onDelete: "cascade" }),
    lastSeq: seqColumn("last_seq").notNull().default(0),
    visitorLastReadSeq: seqColumn("visitor_last_read_seq").notNull().default(0),
    status: conversationStatus("status").notNull().default("open"),
    /** When an agent took it; null while it is in the queue. The row's lock lets only one of two concurrent agents take it. */
    takenAt: timestampMs("taken_at"),
    /**
     * When it last entered the queue: on creation, when its last agent left, or when its customer reopened it. Null for a conversation that a
     * release without this column returned; `created_at` counts then.
     */
    queuedAt: timestampMs("queued_at").defaultNow(),
    createdAt: timestampMs("created_at").notNull().defaultNow(),
    updatedAt: timestampMs("updated_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("conversation_visitor").on(table.visitorId),
    // For the release before `queued_at`, which runs beside this one during a deployment; to be dropped in the next.
    index("conversation_queue")
      .on(table.createdAt, table.id)
      .where(sql`${table.status} = 'open' and ${table.takenAt} is null`),
    index("conversation_waiting")
      .on(sql`coalesce(${table.queuedAt}, ${table.createdAt})`, table.id)
      .where(sql`${table.status} = 'open' and ${table.takenAt} is null`),
    index("conversation_created").on(table.createdAt, table.id),
  ],
);

/** What happened to a conversation besides its messages, as its agents see it. Rows are only ever added. */
export const conversationNote = pgTable(
  "conversation_note",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversation.id, { onDelete: "cascade" }),
    /** Text and no enumeration, so that a release can add a kind while an earlier one runs. */
    kind: text("kind").notNull(),
    /** Names at the time. */
    memberName: text("member_name").notNull(),
    byName: text("by_name").notNull(),
    successorName: text("successor_name"),
    createdAt: timestampMs("created_at").notNull().defaultNow(),
  },
  (table) => [index("conversation_note_conversation").on(table.conversationId, table.createdAt)],
);

export const conversationMember = pgTable(
  "conversation_member",
  {
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversation.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => appUser.id, { onDelete: "cascade" }),
    lastReadSeq: seqColumn("last_read_seq").notNull().default(0),
    joinedAt: timestampMs("joined_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.userId] }),
    index("conversation_member_user").on(table.userId),
  ],
);

export const message = pgTable(
  "message",
  {
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversation.id, { onDelete: "cascade" }),
    seq: seqColumn("seq").notNull(),
    clientMessageId: uuid("client_message_id").notNull(),
    senderKind: senderKind("sender_kind").notNull(),
    senderId: uuid("sender_id").notNull(),
    /** The sender's name at the time of sending. */
    senderName: text("sender_name").notNull(),
    body: text("body").notNull(),
    createdAt: timestampMs("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.seq] }),
    unique("message_client_message_id").on(table.conversationId, table.clientMessageId),
    check("message_seq_positive", sql`${table.seq} > 0`),
  ],
);

/** Sessions that were ended early. A row is not needed after `expires_at`, when the session's token has expired. */
export const revokedSession = pgTable(
  "revoked_session",
  {
    sid: text("sid").primaryKey(),
    expiresAt: timestampMs("expires_at").notNull(),
  },
  (table) => [index("revoked_session_expires_at").on(table.expiresAt)],
);

/** From where people have signed in, to keep an account open to its owner while others guess its password. */
export const knownAddress = pgTable(
  "known_address",
  {
    /** SHA-256 of account and network address, in hex. */
    hash: text("hash").primaryKey(),
    seenAt: timestampMs("seen_at").notNull().defaultNow(),
  },
  (table) => [index("known_address_seen_at").on(table.seenAt)],
);

/** What each message is found by, and as message 0 the customer's name. Filled by `SearchIndexer` after the message was stored, so that sending does not wait for it. */
export const messageSearch = pgTable(
  "message_search",
  {
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversation.id, { onDelete: "cascade" }),
    seq: seqColumn("seq").notNull(),
    /** `indexTokens` of the body. */
    tokens: tsvector("tokens").notNull(),
    /** The message's `created_at`, by which results are sorted. */
    sentAt: timestampMs("sent_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.seq] }),
    index("message_search_tokens")
      .using("gin", table.tokens)
      .where(sql`${table.seq} > 0`),
    // Apart from the messages, of which a short name would find too many.
    index("message_search_names")
      .using("gin", table.tokens)
      .where(sql`${table.seq} = 0`),
    index("message_search_sent_at").on(table.sentAt, table.conversationId, table.seq),
  ],
);

/** The newest message of each conversation that is in `message_search`. */
export const searchProgress = pgTable("search_progress", {
  conversationId: uuid("conversation_id")
    .primaryKey()
    .references(() => conversation.id, { onDelete: "cascade" }),
  seq: seqColumn("seq").notNull(),
});

/** Which task does a job that only one should do. */
export const searchLease = pgTable("search_lease", {
  name: text("name").primaryKey(),
  holder: uuid("holder").notNull(),
  until: timestampMs("until").notNull(),
});
