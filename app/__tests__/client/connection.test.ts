import { Connection, type ConnectionOptions, type ConnectionState } from "../../client/connection";
import { nodeEnvironment } from "../../client/environment";
import { DEFAULT_TIMINGS } from "../../client/timings";
import { socketIoTransport } from "../../client/transport/socket-io";
import { refusal, TICKET_LIFE_SEC } from "../../protocol";
import { FakeMessenger, until } from "../helpers/fake-messenger";

const timings = { ...DEFAULT_TIMINGS, backoff: { baseMs: 10, maxMs: 40 }, connectMs: 2000, ackMs: 200, stableMs: 50 };

let server: FakeMessenger;
let states: ConnectionState[];
const connections: Connection[] = [];

beforeEach(async () => {
  server = new FakeMessenger();
  await server.listen();
  states = [];
});

afterEach(async () => {
  for (const each of connections.splice(0)) each.stop();
  await server.close();
});

function connect(options: Partial<ConnectionOptions> = {}): Connection {
  const connection = new Connection({
    transport: socketIoTransport({ url: server.url }),
    ticket: server.ticket,
    environment: nodeEnvironment(),
    timings,
    onState: (state) => states.push(state),
    onEvent: () => undefined,
    ...options,
  });
  connections.push(connection);
  connection.start();
  return connection;
}

function statuses(): string[] {
  return states.map(({ status }) => status);
}

describe("Connection", () => {
  const lost = async (connection: Connection): Promise<void> => {
    const before = server.handshakes.length;
    server.sockets[0]!.conn.close();
    await until(() => server.handshakes.length > before && connection.online);
  };

  it("reconnects with the cached ticket and fetches no other", async () => {
    const connection = connect();
    await until(() => connection.online);
    await lost(connection);
    expect(server.handshakes).toEqual(["ticket-1", "ticket-1"]);
    expect(server.tickets).toEqual(["ticket-1"]);
    expect(statuses()).toEqual(["connecting", "online", "offline", "online"]);
  });

  it("reconnects with the newest ticket that the server sent", async () => {
    const events: string[] = [];
    const connection = connect({ onEvent: (event) => events.push(event) });
    await until(() => connection.online);
    server.tell("session:ticket", { ticket: "given", sessionExpiresAt: new Date(Date.now() + 60_000).toISOString() });
    server.tell("resync", { withinMs: 0 });
    await until(() => events.length > 0);
    await lost(connection);
    expect(server.handshakes).toEqual(["ticket-1", "given"]);
    expect(events).toEqual(["resync"]);
  });

  it("fetches another ticket when the cached one is too old", async () => {
    let now = Date.now();
    const connection = connect({ environment: { ...nodeEnvironment(), now: () => now } });
    await until(() => connection.online);
    now += TICKET_LIFE_SEC * 1000;
    await lost(connection);
    expect(server.handshakes).toEqual(["ticket-1", "ticket-2"]);
  });

  it("fetches another ticket when the cached one is refused, but not after other refusals", async () => {
    const connection = connect();
    await until(() => connection.online);
    server.handshakeRefusals = [
      { code: 503, retryable: true },
      { code: 401, retryable: true },
    ];
    await lost(connection);
    await until(() => server.handshakes.length === 4 && connection.online);
    expect(server.handshakes).toEqual(["ticket-1", "ticket-1", "ticket-1", "ticket-2"]);
  });

  it("drops its ticket when it is stopped", async () => {
    const connection = connect();
    await until(() => connection.online);
    connection.stop();
    connection.start();
    await until(() => server.handshakes.length === 2 && connection.online);
    expect(server.handshakes).toEqual(["ticket-1", "ticket-2"]);
  });

  it("tries WebSocket first, and polling where WebSocket is blocked", async () => {
    const connection = connect();
    await until(() => connection.online);
    expect(server.sockets[0]!.conn.transport.name).toBe("websocket");
    connection.stop();
    await server.close();
    server.transports = ["polling"];
    await server.listen();
    const second = connect();
    await until(() => second.online);
    expect(server.sockets[0]!.conn.transport.name).toBe("polling");
  });

  it("reconnects after the server has closed the connection for any reason", async () => {
    const connection = connect();
    await until(() => connection.online);
    // Socket.IO's own client stays away after this.
    server.sockets[0]!.disconnect(true);
    await until(() => server.handshakes.length === 2 && connection.online);
  });

  it("reconnects when the server is up again", async () => {
    const connection = connect();
    await until(() => connection.online);
    await server.close();
    await until(() => connection.state.status === "offline");
    await new Promise((resolve) => setTimeout(resolve, 200));
    await server.listen();
    await until(() => connection.online);
  });

  it("retries when the handshake is refused for a temporary reason", async () => {
    server.handshakeRefusals = [
      { code: 503, retryable: true },
      { code: 429, retryable: true },
      { code: 503, retryable: true },
    ];
    const connection = connect();
    await until(() => connection.online);
    expect(server.handshakes).toHaveLength(4);
  });

  it("retries after one refused ticket, which may have expired on the way, and ends after the second", async () => {
    server.handshakeRefusals = [{ code: 401, retryable: false }];
    const connection = connect();
    await until(() => connection.online);
    server.handshakeRefusals = [
      { code: 401, retryable: false },
      { code: 401, retryable: false },
    ];
    server.sockets[0]!.conn.close();
    await until(() => connection.state.status === "ended");
    expect(server.handshakes).toHaveLength(4);
  });

  it("retries while no ticket is available, and waits as long as the server asks", async () => {
    server.ticketRefusals = [refusal("UNAVAILABLE", "down"), refusal("RATE_LIMITED", "slower", 100)];
    const before = performance.now();
    const connection = connect();
    await until(() => connection.online);
    expect(performance.now() - before).toBeGreaterThan(100);
  });

  it("ends when the ticket's route reports that there is no session, and starts again on request", async () => {
    server.ticketRefusals = [refusal("UNAUTHENTICATED", "no session")];
    const connection = connect();
    await until(() => connection.state.status === "ended");
    expect(connection.state).toMatchObject({ reason: "expired" });
    expect(server.handshakes).toEqual([]);
    connection.start();
    await until(() => connection.online);
  });

  it("does not reconnect after the server has ended the session", async () => {
    const connection = connect();
    await until(() => connection.online);
    server.tell("session:ended", { reason: "disabled" });
    server.sockets[0]!.disconnect(true);
    await until(() => connection.state.status === "ended");
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(connection.state).toMatchObject({ status: "ended", reason: "disabled" });
    expect(server.handshakes).toHaveLength(1);
  });

  it("always answers a request: also when offline, and without an acknowledgement", async () => {
    server.onSend = () => "silence";
    const message = { conversationId: crypto.randomUUID(), clientMessageId: crypto.randomUUID(), body: "?" };
    const connection = connect();
    expect(await connection.request("message:send", message)).toMatchObject({ ok: false, code: "UNAVAILABLE" });
    await until(() => connection.online);
    expect(await connection.request("message:send", message)).toMatchObject({ ok: false, code: "UNAVAILABLE" });
    // The first was not kept by Socket.IO to be sent behind our back.
    expect(server.received).toHaveLength(1);
  });

  it("extends the session before it ends", async () => {
    server.sessionMs = 1000;
    const ticketsAtExtension: number[] = [];
    const connection = connect({
      extendSession: () => {
        ticketsAtExtension.push(server.tickets.length);
        return Promise.resolve();
      },
    });
    await until(() => server.refreshed.length === 2);
    expect(connection.online).toBe(true);
    expect(server.handshakes).toEqual(["ticket-1"]);
    expect(server.refreshed).toEqual(["ticket-2", "ticket-3"]);
    expect(ticketsAtExtension).toEqual([1, 2]);
  });

  it("is offline as soon as the machine loses its network, and goes on trying", async () => {
    let loseNetwork = (): void => undefined;
    const environment = {
      ...nodeEnvironment(),
      onOffline: (listener: () => void) => {
        loseNetwork = listener;
        return () => undefined;
      },
    };
    const connection = connect({ environment });
    await until(() => connection.online);
    loseNetwork();
    expect(connection.state.status).toBe("offline");
    loseNetwork();
    await until(() => connection.online);
    expect(statuses()).toEqual(["connecting", "online", "offline", "online"]);
    expect(server.handshakes).toHaveLength(2);
    connection.stop();
    loseNetwork();
    expect(connection.state.status).toBe("idle");
  });

  it("reconnects at once when the machine wakes up", async () => {
    let wake = (): void => undefined;
    const environment = {
      ...nodeEnvironment(),
      onWake: (listener: () => void) => {
        wake = listener;
        return () => undefined;
      },
    };
    server.ticketRefusals = [refusal("UNAVAILABLE", "asleep", 3_600_000)];
    const connection = connect({ environment, timings: { ...timings, wakeMs: 10 } });
    await until(() => connection.state.status === "offline");
    wake();
    await until(() => connection.online);
  });
});
