import { type Socket } from "socket.io-client";
import { io } from "../app-packages";
import { fetchTicket } from "./participant";
import { type Person } from "./people";
import { type HttpClient } from "./http-client";

/**
 * Socket.IO's own client with its default reconnection: it reconnects after a transport error, but not after a disconnect by the
 * server.
 */
export class StockClient {
  private readonly socket: Socket;

  constructor(
    person: Person,
    private readonly http: HttpClient,
  ) {
    this.socket = io(http.url, {
      transports: ["websocket"],
      forceNew: true,
      extraHeaders: { Origin: http.origin },
      agent: http.agent as never,
      auth: (give) => {
        void fetchTicket(http, person).then((answer) => give({ ticket: answer.ok ? answer.ticket : "" }));
      },
    });
    // Socket.IO does not retry a refused handshake; its documentation recommends this.
    this.socket.on("connect_error", () => {
      if (!this.socket.active) setTimeout(() => this.socket.connect(), 1000);
    });
  }

  get online(): boolean {
    return this.socket.connected;
  }

  stop(): void {
    this.socket.disconnect();
    this.http.close();
  }
}
