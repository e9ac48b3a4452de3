export { Conversations, type Inbox, type OneConversation } from "./conversations";
export { decodeCursor } from "./cursor";
