export { MAX_MESSAGES_AT_ONCE, PostgresMessageLog } from "./postgres-message-log";
