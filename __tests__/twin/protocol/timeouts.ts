import { contract } from "../../../app/contract";
import { FrameSocket } from "./frames";
import { type RunningApp } from "./running-app";
import { CLOSE, MESSAGE, PING, PollingSession, PONG, SEPARATOR } from "./polling";
import { ACK, DONE, expectAlive, unsubscribe } from "./socket-io";

const { pingIntervalSec, pingTimeoutSec } = contract.container.socket.heartbeat;
/** Milliseconds after which a client that does not answer is disconnected, with a margin for a busy machine. */
const HEARTBEAT_MS = (pingIntervalSec + pingTimeoutSec + 15) * 1000;

/**
 * Sessions that run into the server's timeouts. They are opened before all other tests and checked after them, so that the tests wait
 * for the longest timeout only once. The heartbeat is the contract's.
 */
export class TimeoutSessions {
  private constructor(
    readonly responsive: FrameSocket,
    readonly unresponsive: FrameSocket,
    /** Never connects to a namespace. */
    readonly neverConnected: FrameSocket,
    readonly unfinishedUpgrade: { readonly polled: PolledSession; readonly upgrade: FrameSocket },
    readonly responsivePolling: PolledSession,
    readonly unresponsivePolling: PolledSession,
  ) {}

  static async begin(app: RunningApp): Promise<TimeoutSessions> {
    const { site } = app;
    const connected = async (answersPings: boolean): Promise<FrameSocket> => {
      const socket = await FrameSocket.open(site, { answersPings });
      socket.send(await app.connectPacket());
      return socket;
    };
    const session = await connectedPolling(app);
    const upgrade = await FrameSocket.open(site, { query: { sid: session.sid }, cookie: session.cookie });
    return new TimeoutSessions(
      await connected(true),
      await connected(false),
      await FrameSocket.open(site),
      { polled: new PolledSession(session, true), upgrade },
      new PolledSession(await connectedPolling(app), true),
      new PolledSession(await connectedPolling(app), false),
    );
  }

  async end(): Promise<void> {
    for (const socket of [this.responsive, this.unresponsive, this.neverConnected, this.unfinishedUpgrade.upgrade])
      socket.terminate();
    await Promise.all(
      [this.unfinishedUpgrade.polled, this.responsivePolling, this.unresponsivePolling].map((each) => each.close()),
    );
  }
}

/** A session that polls continuously, and optionally answers pings. */
export class PolledSession {
  readonly packets: string[] = [];
  private asked = 0;
  /** Resolves with the response that ended the session. */
  readonly ended: Promise<{ readonly status: number; readonly text: string }>;

  constructor(
    readonly session: PollingSession,
    private readonly answersPings: boolean,
  ) {
    this.ended = this.poll();
  }

  /** Resolves when an event is acknowledged. @throws Error when the session ends first */
  async answers(): Promise<void> {
    const id = ++this.asked;
    await this.session.post(unsubscribe(id));
    const acknowledgement = `${MESSAGE}${ACK}${id}${DONE}`;
    let ended = false;
    void this.ended.then(() => (ended = true));
    while (!this.packets.includes(acknowledgement)) {
      if (ended) throw new Error(`the session has ended: ${this.packets.join(" | ")}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Ends the session, and resolves when it has ended. */
  async close(): Promise<void> {
    await this.session.close();
    await this.ended;
  }

  private async poll(): Promise<{ status: number; text: string }> {
    for (;;) {
      const answer = await this.session.get();
      if (answer.status !== 200) return answer;
      const packets = answer.text.split(SEPARATOR);
      this.packets.push(...packets);
      if (packets.includes(PING) && this.answersPings) await this.session.post(PONG);
    }
  }
}

async function connectedPolling(app: RunningApp): Promise<PollingSession> {
  const session = await PollingSession.open(app.site);
  await session.post(await app.connectPacket());
  return session;
}

export function timeouts(waiting: () => TimeoutSessions): void {
  describe("the server closes", () => {
    it("a connection that never connects to a namespace, before its first ping is due", async () => {
      const { neverConnected } = waiting();
      await neverConnected.untilClosed(HEARTBEAT_MS);
      expect(neverConnected.pings).toBe(0);
    });

    it("an upgrade that is never probed; the session continues in polling", async () => {
      const { unfinishedUpgrade } = waiting();
      await unfinishedUpgrade.upgrade.untilClosed(HEARTBEAT_MS);
      await unfinishedUpgrade.polled.answers();
    });

    it("a WebSocket that does not answer its ping, but not one that does", async () => {
      const { unresponsive, responsive } = waiting();
      await unresponsive.untilClosed(HEARTBEAT_MS);
      expect(unresponsive.pings).toBe(1);
      expect(responsive.pings).toBeGreaterThanOrEqual(1);
      await expectAlive(responsive);
    });

    it("a polling session that does not answer its ping, but not one that does", async () => {
      const { unresponsivePolling, responsivePolling } = waiting();
      expect(await unresponsivePolling.ended).toMatchObject({
        status: 400,
        text: expect.stringContaining("unknown") as string,
      });
      expect(unresponsivePolling.packets.slice(1)).toEqual([PING, CLOSE]);
      expect(responsivePolling.packets).toContain(PING);
      expect(responsivePolling.packets).not.toContain(CLOSE);
      await responsivePolling.answers();
    });
  });
}
