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

  it("comes back with the ticket that it has, and asks nobody for another", async () => {
    const connection = connect();
    await until(() => connection.online);
    await lost(connection);
    expect(server.handshakes).toEqual(["ticket-1", "ticket-1"]);
    expect(server.tickets).toEqual(["ticket-1"]);
    expect(statuses()).toEqual(["connecting", "online", "offline", "online"]);
  });

  it("comes back with the newest that the server gave it", async () => {
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

  it("fetches another once the one that it has is too old", async () => {
    let now = Date.now();
    const connection = connect({ environment: { ...nodeEnvironment(), now: () => now } });
    await until(() => connection.online);
    now += TICKET_LIFE_SEC * 1000;
    await lost(connection);
    expect(server.handshakes).toEqual(["ticket-1", "ticket-2"]);
  });

  it("fetches another once the one that it has is refused, and not for any other refusal", async () => {
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

  it("keeps no ticket when it is stopped", async () => {
    const connection = connect();
    await until(() => connection.online);
    connection.stop();
    connection.start();
    await until(() => server.handshakes.length === 2 && connection.online);
    expect(server.handshakes).toEqual(["ticket-1", "ticket-2"]);
  });

  it("goes by WebSocket first, and by polling where that does not get through", async () => {
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

  it("comes back after the server closed the connection for whatever reason", async () => {
    const connection = connect();
    await until(() => connection.online);
    // Socket.IO's own client stays away after this.
    server.sockets[0]!.disconnect(true);
    await until(() => server.handshakes.length === 2 && connection.online);
  });

  it("comes back when the server is up again", async () => {
    const connection = connect();
    await until(() => connection.online);
    await server.close();
    await until(() => connection.state.status === "offline");
    await new Promise((resolve) => setTimeout(resolve, 200));
    await server.listen();
    await until(() => connection.online);
  });

  it("tries again when the handshake is refused for a passing reason", async () => {
    server.handshakeRefusals = [
      { code: 503, retryable: true },
      { code: 429, retryable: true },
      { code: 503, retryable: true },
    ];
    const connection = connect();
    await until(() => connection.online);
    expect(server.handshakes).toHaveLength(4);
  });

  it("forgives one refused ticket, which may have grown old on the way, and ends at the second", async () => {
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

  it("tries again while no ticket can be had, and waits as long as it is told", async () => {
    server.ticketRefusals = [refusal("UNAVAILABLE", "down"), refusal("RATE_LIMITED", "slower", 100)];
    const before = performance.now();
    const connection = connect();
    await until(() => connection.online);
    expect(performance.now() - before).toBeGreaterThan(100);
  });

  it("ends when the ticket's route says that there is no session, and begins anew when it is told to", async () => {
    server.ticketRefusals = [refusal("UNAUTHENTICATED", "no session")];
    const connection = connect();
    await until(() => connection.state.status === "ended");
    expect(connection.state).toMatchObject({ reason: "expired" });
    expect(server.handshakes).toEqual([]);
    connection.start();
    await until(() => connection.online);
  });

  it("stays away after the server's last word", async () => {
    const connection = connect();
    await until(() => connection.online);
    server.tell("session:ended", { reason: "disabled" });
    server.sockets[0]!.disconnect(true);
    await until(() => connection.state.status === "ended");
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(connection.state).toMatchObject({ status: "ended", reason: "disabled" });
    expect(server.handshakes).toHaveLength(1);
  });

  it("gives an answer in any case: without connection, and when none comes", async () => {
    server.onSend = () => "silence";
    const message = { conversationId: crypto.randomUUID(), clientMessageId: crypto.randomUUID(), body: "?" };
    const connection = connect();
    expect(await connection.request("message:send", message)).toMatchObject({ ok: false, code: "UNAVAILABLE" });
    await until(() => connection.online);
    expect(await connection.request("message:send", message)).toMatchObject({ ok: false, code: "UNAVAILABLE" });
    // The first was not kept by Socket.IO to be sent behind our back.
    expect(server.received).toHaveLength(1);
  });

  it("prolongs the session before it ends", async () => {
    server.sessionMs = 1000;
    const prolonged: number[] = [];
    const connection = connect({
      prolong: () => {
        prolonged.push(server.tickets.length);
        return Promise.resolve();
      },
    });
    await until(() => server.refreshed.length === 2);
    expect(connection.online).toBe(true);
    expect(server.handshakes).toEqual(["ticket-1"]);
    expect(server.refreshed).toEqual(["ticket-2", "ticket-3"]);
    expect(prolonged).toEqual([1, 2]);
  });

  it("comes back at once when the machine wakes up", async () => {
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
