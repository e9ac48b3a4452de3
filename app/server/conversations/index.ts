export { PostgresConversations } from "./postgres-conversations";
