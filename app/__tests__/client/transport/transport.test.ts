import { Connection, type ConnectionState } from "../../../client/connection";
import { nodeEnvironment } from "../../../client/environment";
import { DEFAULT_TIMINGS } from "../../../client/timings";
import { refusal, type TicketAnswer } from "../../../protocol";
import { FakeTransport } from "../../helpers/fake-transport";
import { USER } from "../../helpers/fake-messenger";

const HOUR_MS = 3_600_000;

let transport: FakeTransport;
let states: ConnectionState["status"][];
let received: unknown[];
let issued: number;
let connection: Connection;

beforeEach(() => {
  jest.useFakeTimers();
  transport = new FakeTransport();
  states = [];
  received = [];
  issued = 0;
  connection = new Connection({
    transport: transport.factory,
    ticket: () => Promise.resolve(ticket()),
    environment: { ...nodeEnvironment(), random: () => 0.5 },
    timings: DEFAULT_TIMINGS,
    onState: ({ status }) => states.push(status),
    onEvent: (event, payload) => received.push([event, payload]),
  });
});

afterEach(() => {
  connection.stop();
  jest.useRealTimers();
});

function ticket(): TicketAnswer {
  const sessionExpiresAt = new Date(Date.now() + HOUR_MS).toISOString();
  return { ok: true, ticket: `ticket-${++issued}`, principal: USER, sessionExpiresAt };
}

async function online(): Promise<void> {
  connection.start();
  await jest.advanceTimersByTimeAsync(0);
  transport.server.accept();
}

describe("Connection on any transport", () => {
  it("opens it with a ticket, and passes its limits", async () => {
    await online();
    expect(transport.tickets).toEqual(["ticket-1"]);
    expect(transport.limits).toEqual({ connectMs: DEFAULT_TIMINGS.connectMs });
    expect(states).toEqual(["connecting", "online"]);
  });

  it("opens a closed one again, first within the base delay, then with backoff", async () => {
    await online();
    transport.server.close();
    await jest.advanceTimersByTimeAsync(499);
    expect(transport.tickets).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(transport.tickets).toEqual(["ticket-1", "ticket-1"]);
    transport.server.refuse(undefined);
    await jest.advanceTimersByTimeAsync(999);
    expect(transport.tickets).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(1);
    expect(transport.tickets).toHaveLength(3);
    expect(states).toEqual(["connecting", "online", "offline"]);
  });

  it("gives up one that neither opens nor is refused", async () => {
    connection.start();
    await jest.advanceTimersByTimeAsync(DEFAULT_TIMINGS.connectMs);
    expect(states).toEqual(["connecting", "offline"]);
  });

  it("fetches another ticket after 401, and ends when that one is refused too", async () => {
    connection.start();
    await jest.advanceTimersByTimeAsync(0);
    const refused = { ok: false, code: 401, reason: "expired", retryable: false } as never;
    transport.server.refuse(refused);
    await jest.advanceTimersByTimeAsync(500);
    expect(transport.tickets).toEqual(["ticket-1", "ticket-2"]);
    transport.server.refuse(refused);
    expect(connection.state).toMatchObject({ status: "ended", reason: "expired" });
  });

  it("sends nothing over a closed one", async () => {
    connection.start();
    await jest.advanceTimersByTimeAsync(0);
    expect(await connection.request("read", { conversationId: "c", seq: 1 })).toEqual(
      refusal("UNAVAILABLE", "Not connected."),
    );
    expect(transport.sent).toEqual([]);
  });

  it("resolves with the acknowledgement, and with a refusal without one", async () => {
    await online();
    transport.answer = () => Promise.resolve({ ok: true });
    expect(await connection.request("typing", { conversationId: "c" })).toEqual({ ok: true });
    transport.answer = () => Promise.reject(new Error("late"));
    expect(await connection.request("typing", { conversationId: "c" })).toEqual(
      refusal("UNAVAILABLE", "The server did not answer in time."),
    );
  });

  it("keeps events about the session to itself", async () => {
    await online();
    transport.server.send("resync", { withinMs: 5 });
    transport.server.send("session:ended", { reason: "disabled" });
    expect(received).toEqual([["resync", { withinMs: 5 }]]);
    expect(connection.state).toMatchObject({ status: "ended", reason: "disabled" });
    expect(transport.connected).toBe(false);
  });
});
