import { cookiesOf, type Http, type Reply } from "./http";

/** The data of Engine.IO's open packet. Source: Engine.IO protocol 4, "Handshake". */
export interface Handshake {
  readonly sid: string;
  readonly upgrades: readonly string[];
  /** Milliseconds. */
  readonly pingInterval: number;
  /** Milliseconds. */
  readonly pingTimeout: number;
}

export interface PollingSession {
  readonly handshake: Handshake;
  /** The cookies that the handshake set: those of the load balancer. */
  readonly cookie: string;
  readonly ms: number;
}

export const POLLING_PATH = "/socket.io/?EIO=4&transport=polling";

/** Opens an Engine.IO session by long-polling. Returns the reply when it is no handshake. */
export async function openPolling(http: Http, cookie = ""): Promise<PollingSession | { readonly refused: Reply }> {
  const reply = await http.send(POLLING_PATH, { cookie });
  const handshake = reply.status === 200 ? readHandshake(reply.text) : undefined;
  return handshake === undefined ? { refused: reply } : { handshake, cookie: cookiesOf(reply), ms: reply.ms };
}

/** Returns the handshake in an open packet; `undefined` for any other text. */
export function readHandshake(packet: string): Handshake | undefined {
  if (!/^0\{.*"sid"/s.test(packet)) return undefined;
  try {
    return JSON.parse(packet.slice(1)) as Handshake;
  } catch {
    return undefined;
  }
}

export type SessionPlace = "here" | "elsewhere" | { readonly unexpected: Reply };

/**
 * Says whether a cookie leads to the task that has a session. Only that task knows it: the others answer 400 with code 1. The request
 * carries a pong, which changes nothing. Source: Engine.IO's server, `Server.errors.UNKNOWN_SID`.
 */
export async function findSession(http: Http, sid: string, cookie: string): Promise<SessionPlace> {
  const reply = await http.send(`${POLLING_PATH}&sid=${sid}`, {
    method: "POST",
    cookie,
    body: "3",
    contentType: "text/plain;charset=UTF-8",
  });
  if (reply.status === 200) return "here";
  return reply.status === 400 && /Session ID unknown/.test(reply.text) ? "elsewhere" : { unexpected: reply };
}
