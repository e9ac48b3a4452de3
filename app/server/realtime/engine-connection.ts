import { type RealtimeSocket } from "./types";

/**
 * What we use of the connection below a socket. Two of these fields are not in Engine.IO's types; both are read with care, so that a
 * version without them would only cost the faster way.
 */
interface EngineConnection {
  readonly writeBuffer: readonly { readonly data?: unknown }[];
  readonly transport: { readonly socket?: { readonly bufferedAmount?: number; terminate?: () => void } };
  close(discard?: boolean): void;
}

function connection(socket: Pick<RealtimeSocket, "conn">): EngineConnection {
  return socket.conn as unknown as EngineConnection;
}

/** Packets that wait for the reader inside the process. */
export function unreadPackets(socket: RealtimeSocket): number {
  return connection(socket).writeBuffer.length;
}

/** Bytes that wait for the reader inside the process: handed to the transport, or queued before it. */
export function unreadBytes(socket: RealtimeSocket): number {
  const { transport, writeBuffer } = connection(socket);
  let bytes = transport.socket?.bufferedAmount ?? 0;
  for (const { data } of writeBuffer) {
    if (typeof data === "string") bytes += data.length;
  }
  return bytes;
}

/** Drops a connection together with what waits in it: a polite close would wait for a reader that does not read. */
export function terminate(socket: Pick<RealtimeSocket, "conn">): void {
  const conn = connection(socket);
  const { terminate } = conn.transport.socket ?? {};
  if (terminate) terminate.call(conn.transport.socket);
  else conn.close(true);
}

/** Closes the transport politely. Clients take it for a network fault and come back by themselves, to whatever task answers. */
export function closeForReconnect(socket: Pick<RealtimeSocket, "conn">): void {
  connection(socket).close();
}
