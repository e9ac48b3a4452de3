import { resolve } from "node:path";
import { type TicketAnswer, type VisitorAnswer } from "../../../app/protocol";
import { imageOf } from "../../../tools/twin/tasks/image";
import { startTwin } from "../../../tools/twin/start-twin";
import { type Twin } from "../../../tools/twin/twin";
import { appliedTopology } from "../applied-topology";
import { FrameSocket, type FrameOptions } from "./frames";
import { MESSAGE, PollingSession } from "./polling";
import { type HttpResponse, sendRequest, cookiesOfTasks, type Site } from "./requests";

const IMAGE = resolve(__dirname, "../../../app/dist/image");
/** Grace period for the app to start, in seconds; the app is slower to start than the server of the twin's other tests. */
const GRACE_SEC = 90;
const JSON_HEADERS = { "content-type": "application/json" };

/** The app in two tasks behind the load balancer of dev, and a customer with a conversation. */
export class RunningApp {
  private readonly opened: { close(): unknown }[] = [];

  private constructor(
    readonly twin: Twin,
    /** The load balancer's cookie for each task. */
    readonly cookies: readonly [string, string],
    private readonly visitor: { readonly cookie: string; readonly conversationId: string },
  ) {}

  static async start(): Promise<RunningApp> {
    const topology = appliedTopology({ service: { health_check_grace_period_seconds: GRACE_SEC } });
    const twin = await startTwin({ topology, image: imageOf(IMAGE) });
    try {
      await twin.untilSteady();
      const site = { url: twin.url, origin: twin.url };
      return new RunningApp(twin, await cookiesOfTasks(site), await beginChat(site));
    } catch (error) {
      await twin.stop();
      throw error;
    }
  }

  get site(): Site {
    return { url: this.twin.url, origin: this.twin.url };
  }

  get conversationId(): string {
    return this.visitor.conversationId;
  }

  /** Requests a new ticket, for one handshake. */
  async ticket(): Promise<string> {
    const headers = { ...JSON_HEADERS, cookie: this.visitor.cookie };
    const answer = await sendRequest(this.site, "/api/tickets?as=visitor", { method: "POST", headers, body: "{}" });
    return read<TicketAnswer>(answer).ticket;
  }

  /** Returns the Socket.IO packet that connects to the main namespace. */
  async connectPacket(): Promise<string> {
    return `${MESSAGE}0${JSON.stringify({ ticket: await this.ticket() })}`;
  }

  /** Opens a polling session, which is closed after the test. */
  async polling(cookie?: string): Promise<PollingSession> {
    return this.keep(await PollingSession.open(this.site, cookie));
  }

  /** Opens a polling session and connects it to the main namespace. */
  async connectedPolling(cookie?: string): Promise<PollingSession> {
    const session = await this.polling(cookie);
    await session.post(await this.connectPacket());
    await session.receiveUntil(isConnected);
    return session;
  }

  /** Opens a WebSocket, which is closed after the test. */
  async frames(options?: FrameOptions): Promise<FrameSocket> {
    return this.keep(await FrameSocket.open(this.site, options));
  }

  /** Opens a WebSocket, reads its handshake and connects it to the main namespace. */
  async connectedFrames(options?: FrameOptions): Promise<FrameSocket> {
    const socket = await this.frames(options);
    await socket.takeHandshake();
    socket.send(await this.connectPacket());
    await socket.take(isConnected);
    return socket;
  }

  /** Closes everything that the last test opened. */
  async closeConnections(): Promise<void> {
    await Promise.all(this.opened.splice(0).map((each) => each.close()));
  }

  stop(): Promise<void> {
    return this.twin.stop();
  }

  private keep<T extends { close(): unknown }>(each: T): T {
    this.opened.push(each);
    return each;
  }
}

/** Returns whether a packet confirms the connection to the main namespace. */
export function isConnected(packet: string): boolean {
  return packet.startsWith(`${MESSAGE}0{"sid"`);
}

async function beginChat(site: Site): Promise<{ cookie: string; conversationId: string }> {
  const body = JSON.stringify({ name: "Vera" });
  const answer = await sendRequest(site, "/api/visitors", { method: "POST", headers: JSON_HEADERS, body });
  const { visitor } = read<VisitorAnswer>(answer);
  const cookie = (answer.headers["set-cookie"] ?? []).map((each) => each.split(";")[0]).join("; ");
  return { cookie, conversationId: visitor.conversationId ?? "" };
}

function read<T extends { readonly ok: true }>({ status, text }: HttpResponse): T {
  const body = JSON.parse(text) as { ok: boolean };
  if (!body.ok) throw new Error(`refused: ${status} ${text}`);
  return body as T;
}
