export { FairMessageLog } from "./fair-message-log";
export { MAX_BYTES_AT_ONCE, MAX_MESSAGES_AT_ONCE, PostgresMessageLog } from "./postgres-message-log";
