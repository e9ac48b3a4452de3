export { MAX_MESSAGES_AT_ONCE, StoredMessageLog } from "./log";
