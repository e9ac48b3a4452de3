import { type Limit } from "./limiter";

/** Messages that one socket may send: the deployment guide's figure. */
export const MESSAGES_PER_SOCKET: Limit = { name: "message", points: 10, durationSec: 1 };

/** Every other event of one socket: typing, read marks, sync. */
export const EVENTS_PER_SOCKET: Limit = { name: "event", points: 30, durationSec: 1 };

/** A socket that goes this many times over a limit within its window is no person and no client of ours: it is closed for good. */
export const FLOOD_FACTOR = 5;

/** Handshakes of one address: an office behind one address comes back at once after a deploy. */
export const HANDSHAKES_PER_ADDRESS: Limit = { name: "handshake", points: 600, durationSec: 60 };

/** Of those, the ones that a task counts for itself: somebody whose network comes and goes makes no more. */
export const LOCAL_HANDSHAKE_QUOTA: Limit = { name: "handshake", points: 20, durationSec: 60 };

/** Open connections of one address on one task, signed in or not. */
export const CONNECTIONS_PER_ADDRESS = 1000;

/** Open sockets of one person on one task: tabs and devices. */
export const CONNECTIONS_PER_USER = 50;

/** Bytes or packets that may wait for a reader; one that falls further behind is closed and catches up from the log when it returns. */
export const UNREAD_BYTES_PER_CONNECTION = 1024 * 1024;
export const UNREAD_PACKETS_PER_CONNECTION = 2000;
