import { type Socket } from "socket.io-client";
import { io } from "../app-packages";
import { fetchTicket } from "./participant";
import { type Person } from "./people";
import { type Doorway } from "./site";

/**
 * A client of somebody else's: Socket.IO's own, with its own reconnection. It comes back after a lost transport and stays away after
 * a disconnect by the server; nothing of ours makes up for it.
 */
export class StockClient {
  private readonly socket: Socket;

  constructor(
    person: Person,
    private readonly door: Doorway,
  ) {
    this.socket = io(door.url, {
      transports: ["websocket"],
      forceNew: true,
      extraHeaders: { Origin: door.origin },
      agent: door.agent as never,
      auth: (give) => {
        void fetchTicket(door, person).then((answer) => give({ ticket: answer.ok ? answer.ticket : "" }));
      },
    });
    // A refused handshake is not retried by the library; the usual remedy of its documentation.
    this.socket.on("connect_error", () => {
      if (!this.socket.active) setTimeout(() => this.socket.connect(), 1000);
    });
  }

  get online(): boolean {
    return this.socket.connected;
  }

  stop(): void {
    this.socket.disconnect();
    this.door.close();
  }
}
