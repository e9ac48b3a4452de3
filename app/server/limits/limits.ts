import { type Limit } from "./limiter";
import { type PersonLimits } from "./person-quota";

/** Messages of one socket; the figure is the deployment guide's. */
export const MESSAGES_PER_SOCKET: Limit = { name: "message", points: 10, durationSec: 1 };

/** Other events of one socket: typing, read marks, sync. */
export const EVENTS_PER_SOCKET: Limit = { name: "event", points: 30, durationSec: 1 };

/**
 * What all sockets of one person may send to one task in a second: as much as three sockets. An agent has several tabs and devices, and one
 * that sends too fast must not silence the others.
 */
export const PER_PERSON: PersonLimits = { messages: 30, events: 90 };

/** A socket that exceeds a limit this many times within its window is closed for good: neither a person nor our own client does that. */
export const FLOOD_FACTOR = 5;

/** Handshakes of one address: an office may share one, and reconnects at once after a deployment. */
export const HANDSHAKES_PER_ADDRESS: Limit = { name: "handshake", points: 600, durationSec: 60 };

/** Handshakes of one address that each task allows by its own count, as many as an unstable network causes. */
export const LOCAL_HANDSHAKE_QUOTA: Limit = { name: "handshake", points: 20, durationSec: 60 };

/** Open connections of one address on one task, authenticated or not. */
export const CONNECTIONS_PER_ADDRESS = 1000;

/** Open sockets of one user on one task: tabs and devices. */
export const CONNECTIONS_PER_USER = 50;

/** Bytes and packets that may be queued for a slow client; beyond them it is disconnected, and catches up when it reconnects. */
export const UNREAD_BYTES_PER_CONNECTION = 1024 * 1024;
export const UNREAD_PACKETS_PER_CONNECTION = 2000;
