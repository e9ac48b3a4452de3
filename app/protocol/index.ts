export { ERROR_CODES, type ErrorCode, type Refusal, refusal } from "./errors";
export {
  type Acknowledgement,
  type ClientEvent,
  clientEvents,
  type ClientPayload,
  type ClientResults,
  type HandshakeAuth,
  type HandshakeRefusal,
  MAX_PAGE,
  MAX_SYNCED_CONVERSATIONS,
  type ServerEvents,
  type SessionEnd,
  type SyncDelta,
} from "./events";
export { MAX_BODY_CODE_POINTS, type Message, messageBody, type SenderKind } from "./message";
