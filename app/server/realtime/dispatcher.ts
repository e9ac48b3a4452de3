import { randomUUID } from "node:crypto";
import { type ZodError } from "zod";
import { type Acknowledgement, type ClientEvent, clientEvents, refusal, type Refusal } from "../../protocol";
import { type Limiter } from "../limits/limiter";
import { FLOOD_FACTOR } from "../limits/limits";
import { type Log } from "../operations/log";
import { type Metrics } from "../operations/metrics";
import { DatabaseUnavailable } from "../services";
import { type Handler, handlers, type HandlerServices } from "./handlers";
import { type InFlightEvents } from "./in-flight-events";
import { endSocket } from "./end-sockets";
import { type Dispatch, type RealtimeSocket } from "./types";

export interface DispatcherOptions extends HandlerServices {
  readonly messageLimiter: Limiter;
  readonly eventLimiter: Limiter;
  readonly inFlight: InFlightEvents;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Milliseconds from the moment that a socket is found to flood until it is closed. */
const FLOOD_GRACE_MS = 250;

type Answer = Acknowledgement<ClientEvent>;
type Acknowledge = (answer: Answer) => void;

const SESSION_OVER = refusal("UNAUTHENTICATED", "The session is over.");
const FLOODING = refusal("RATE_LIMITED", "Far too much at once.");
const DRAINING = refusal("DRAINING", "This server is shutting down; connect again.");

/** A map, not the object: `toString` and `__proto__` are names of events too, for somebody. */
const EVENTS = new Map<unknown, ClientEvent>(Object.keys(clientEvents).map((name) => [name, name as ClientEvent]));

/**
 * The one listener of every socket. Whatever a client sends is answered, if it asked for an answer, and nothing that it sends can throw
 * outwards: an exception in a listener would end the process, and with it everybody's connection.
 */
export function createDispatcher(options: DispatcherOptions): Dispatch {
  return function dispatch(this: RealtimeSocket, event: unknown, ...args: unknown[]): void {
    // Socket.IO puts the function there when the packet asks for an acknowledgement; JSON itself has no functions.
    const last = args.at(-1);
    const acknowledge = typeof last === "function" ? (args.pop() as Acknowledge) : undefined;
    // Under way until the acknowledgement is written, not only until it is known.
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
    const refused = closedTo(socket, options) ?? (await overLimit(socket, name, options));
    const answer = refused ?? (await handle(socket, name, args, options));
    acknowledge?.(answer);
  } catch (error) {
    acknowledge?.(fault(error, name, options));
  }
}

/** Why no event of this socket is taken at all. Packets that came before the socket was closed are still handed out afterwards. */
function closedTo(socket: RealtimeSocket, { inFlight }: DispatcherOptions): Refusal | undefined {
  if (!socket.connected || socket.data.principal.expiresAt * 1000 <= Date.now()) return SESSION_OVER;
  if (socket.data.flooding) return FLOODING;
  return inFlight.draining ? DRAINING : undefined;
}

async function overLimit(
  socket: RealtimeSocket,
  name: ClientEvent | undefined,
  { messageLimiter, eventLimiter }: DispatcherOptions,
): Promise<Refusal | undefined> {
  const verdict = await (name === "message:send" ? messageLimiter : eventLimiter).consume(socket.id);
  if (verdict.allowed) return undefined;
  if (verdict.excess >= FLOOD_FACTOR) endSoon(socket);
  return refusal("RATE_LIMITED", "Too much at once: slow down.", verdict.retryAfterMs);
}

/** What it has sent within its limit is still answered. */
function endSoon(socket: RealtimeSocket): void {
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

  // The schema of the same name has just accepted the payload.
  const call = (): Promise<Answer> | Answer => (handlers[name] as Handler<ClientEvent>)(socket, parsed.data, options);
  if (name !== "message:send") return call();

  const startedAt = performance.now();
  const answer = await inOrder(socket, call);
  if (answer.ok) options.metrics.accepted(performance.now() - startedAt);
  return answer;
}

/** Runs the sends of one socket one after the other: their order is the sender's, and the log has to keep it. */
function inOrder(socket: RealtimeSocket, send: () => Promise<Answer> | Answer): Promise<Answer> {
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

function fault(error: unknown, event: ClientEvent | undefined, { log }: DispatcherOptions): Refusal {
  if (error instanceof DatabaseUnavailable) {
    log.warn({ event, err: error }, "the database is unavailable");
    return refusal("UNAVAILABLE", "The message store does not answer; try again.");
  }
  const id = randomUUID();
  log.error({ event, err: error, id }, "an event failed");
  return refusal("INTERNAL", `Something went wrong (${id}).`);
}
