import { type RealtimeSocket } from "./types";

/**
 * The parts of Engine.IO's connection that are used here. `bufferedAmount` and `terminate` are not in its types; both are optional, so that
 * a version without them only takes the slower path.
 */
interface EngineConnection {
  readonly writeBuffer: readonly { readonly data?: unknown }[];
  readonly transport: { readonly socket?: { readonly bufferedAmount?: number; terminate?: () => void } };
  close(discard?: boolean): void;
}

function connection(socket: Pick<RealtimeSocket, "conn">): EngineConnection {
  return socket.conn as unknown as EngineConnection;
}

/** Packets in this process that the client has not read. */
export function unreadPackets(socket: RealtimeSocket): number {
  return connection(socket).writeBuffer.length;
}

/** Bytes in this process that the client has not read, whether the transport has them or they are queued for it. */
export function unreadBytes(socket: RealtimeSocket): number {
  const { transport, writeBuffer } = connection(socket);
  let bytes = transport.socket?.bufferedAmount ?? 0;
  for (const { data } of writeBuffer) {
    if (typeof data === "string") bytes += data.length;
  }
  return bytes;
}

/** Drops a connection and everything queued for it. A regular close would wait until the client has read the queue. */
export function terminate(socket: Pick<RealtimeSocket, "conn">): void {
  const conn = connection(socket);
  const transport = conn.transport.socket;
  if (transport?.terminate) transport.terminate();
  else conn.close(true);
}

/** Closes the transport in the regular way. Clients take it for a network failure and reconnect, to whichever task answers. */
export function closeForReconnect(socket: Pick<RealtimeSocket, "conn">): void {
  connection(socket).close();
}
