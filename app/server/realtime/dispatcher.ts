import { randomUUID } from "node:crypto";
import { type ZodError } from "zod";
import { type Acknowledgement, type ClientEvent, clientEvents, refusal, type Refusal } from "../../protocol";
import { type Clock } from "../domain/ports/clock";
import { DatabaseUnavailable, RateLimited } from "../domain/ports/errors";
import { isExpired } from "../domain/principal";
import { type Limiter } from "../limits/limiter";
import { FLOOD_FACTOR } from "../limits/limits";
import { type PersonQuota } from "../limits/person-quota";
import { type Log } from "../operations/log";
import { type Metrics } from "../operations/metrics";
import { endSocket } from "./end-sockets";
import { type EventHandler, handlers, type HandlerServices } from "./handlers";
import { type InFlightEvents } from "./in-flight-events";
import { type Dispatch, type RealtimeSocket } from "./types";

export interface DispatcherOptions extends HandlerServices {
  readonly messageLimiter: Limiter;
  readonly eventLimiter: Limiter;
  readonly personQuota: PersonQuota;
  readonly inFlight: InFlightEvents;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly now: Clock;
}

/** Milliseconds between detecting that a socket floods and closing it. */
const FLOOD_GRACE_MS = 250;

type Answer = Acknowledgement<ClientEvent>;
type Acknowledge = (answer: Answer) => void;

const SESSION_OVER = refusal("UNAUTHENTICATED", "The session is over.");
const FLOODING = refusal("RATE_LIMITED", "Far too much at once.");
const UNCONFIRMED = refusal("UNAVAILABLE", "The session cannot be confirmed now; try again.");
const TOO_MUCH_AT_ONCE = "Too much at once: slow down.";
const TOO_MUCH_READ = "Too much is read at once: slow down.";
const DRAINING = refusal("DRAINING", "This server is shutting down; connect again.");

/** A map, because a client may name an event `toString` or `__proto__`, which every object has. */
const EVENTS = new Map<unknown, ClientEvent>(Object.keys(clientEvents).map((name) => [name, name as ClientEvent]));

/**
 * Creates the only listener of every socket. It answers each event that asks for an acknowledgement and never throws: an exception in a
 * listener would end the process and every connection with it.
 */
export function createDispatcher(options: DispatcherOptions): Dispatch {
  return function dispatch(this: RealtimeSocket, event: unknown, ...args: unknown[]): void {
    // Socket.IO appends this function when the packet asks for an acknowledgement; JSON itself has no functions.
    const last = args.at(-1);
    const acknowledge = typeof last === "function" ? (args.pop() as Acknowledge) : undefined;
    // In flight until the acknowledgement is written, not only until the result is known.
    void options.inFlight.track(() => respond(this, event, args, acknowledge, options));
  };
}

async function respond(
  socket: RealtimeSocket,
  event: unknown,
  args: readonly unknown[],
  acknowledge: Acknowledge | undefined,
  options: DispatcherOptions,
): Promise<void> {
  const name = EVENTS.get(event);
  try {
    const refused = socketRefusal(socket, options) ?? (await limitRefusal(socket, name, options));
    const answer = refused ?? (await handle(socket, name, args, options));
    acknowledge?.(answer);
  } catch (error) {
    acknowledge?.(failure(error, name, options));
  }
}

/** Refuses every event of a socket that is being closed: Socket.IO still delivers packets that arrived before. */
function socketRefusal(socket: RealtimeSocket, { inFlight, now }: DispatcherOptions): Refusal | undefined {
  if (!socket.connected || isExpired(socket.data.principal, now)) return SESSION_OVER;
  if (socket.data.flooding) return FLOODING;
  if (socket.data.unconfirmed) return UNCONFIRMED;
  return inFlight.draining ? DRAINING : undefined;
}

async function limitRefusal(
  socket: RealtimeSocket,
  name: ClientEvent | undefined,
  { messageLimiter, eventLimiter, personQuota }: DispatcherOptions,
): Promise<Refusal | undefined> {
  const isMessage = name === "message:send";
  const verdict = await (isMessage ? messageLimiter : eventLimiter).consume(socket.id);
  if (!verdict.allowed) {
    if (verdict.excess >= FLOOD_FACTOR) closeFlooding(socket);
    return refusal("RATE_LIMITED", TOO_MUCH_AT_ONCE, verdict.retryAfterMs);
  }
  if (personQuota.take(socket.data.principal.userId, isMessage ? "messages" : "events")) return undefined;
  return refusal("RATE_LIMITED", TOO_MUCH_AT_ONCE, personQuota.retryAfterMs);
}

/** Closes the socket after a delay, in which events that were within the limit are still answered. */
function closeFlooding(socket: RealtimeSocket): void {
  if (socket.data.flooding) return;
  socket.data.flooding = true;
  setTimeout(() => endSocket(socket, "flooding"), FLOOD_GRACE_MS).unref();
}

async function handle(
  socket: RealtimeSocket,
  name: ClientEvent | undefined,
  args: readonly unknown[],
  options: DispatcherOptions,
): Promise<Answer> {
  if (name === undefined) return refusal("INVALID", "There is no such event.");
  if (args.length !== 1) return refusal("INVALID", "An event has exactly one payload.");
  const parsed = clientEvents[name].safeParse(args[0]);
  if (!parsed.success) return refusal("INVALID", describe(parsed.error));

  // The schema of the same name has accepted the payload.
  const handler = handlers[name] as EventHandler<ClientEvent, unknown>;
  const run = (): unknown => handler.run(socket, parsed.data, options);
  if (name !== "message:send") return handler.acknowledge(await run());

  const startedAt = performance.now();
  const answer = handler.acknowledge(await inOrder(socket, run));
  if (answer.ok) options.metrics.accepted(performance.now() - startedAt);
  return answer;
}

/** Stores the messages of one socket one after the other, because the log has to keep the sender's order. */
function inOrder(socket: RealtimeSocket, send: () => unknown): Promise<unknown> {
  const { data } = socket;
  const previous = data.sending;
  const current = previous === undefined ? Promise.resolve(send()) : previous.then(send, send);
  data.sending = current;
  return current.finally(() => {
    if (data.sending === current) data.sending = undefined;
  });
}

function describe({ issues }: ZodError): string {
  const [issue] = issues;
  if (issue === undefined) return "The payload is not valid.";
  return issue.path.length === 0 ? issue.message : `${issue.path.join(".")}: ${issue.message}`;
}

function failure(error: unknown, event: ClientEvent | undefined, { log }: DispatcherOptions): Refusal {
  if (error instanceof DatabaseUnavailable) {
    log.warn({ event, err: error }, "the database is unavailable");
    return refusal("UNAVAILABLE", "The message store does not answer; try again.");
  }
  if (error instanceof RateLimited) return refusal("RATE_LIMITED", TOO_MUCH_READ, error.retryAfterMs);
  const id = randomUUID();
  log.error({ event, err: error, id }, "an event failed");
  return refusal("INTERNAL", `Something went wrong (${id}).`);
}
