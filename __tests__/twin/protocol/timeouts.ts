import { contract } from "../../../app/contract";
import { FrameSocket } from "./frames";
import { type RunningApp } from "./running-app";
import { CLOSE, MESSAGE, PING, PollingSession, PONG, SEPARATOR } from "./polling";
import { ACK, DONE, expectAlive, unsubscribe } from "./socket-io";

const { pingIntervalSec, pingTimeoutSec } = contract.container.socket.heartbeat;
/** Longest life of a client that does not answer, in milliseconds, and some more for a busy machine. */
const HEARTBEAT_MS = (pingIntervalSec + pingTimeoutSec + 15) * 1000;

/**
 * Sessions that take as long as the server's patience: begun before all other tests and looked at after them, so that they cost the
 * longest of these times once. The heartbeat is the contract's own, nothing is made quicker here.
 */
export class TimeoutSessions {
  private constructor(
    readonly responsive: FrameSocket,
    readonly unresponsive: FrameSocket,
    /** Never asks to be let in. */
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

/** A session that is polled all the time, whether or not it answers pings. */
export class PolledSession {
  readonly packets: string[] = [];
  private asked = 0;
  /** Resolves with what the last request was answered with. */
  readonly ended: Promise<{ readonly status: number; readonly text: string }>;

  constructor(
    readonly session: PollingSession,
    private readonly answersPings: boolean,
  ) {
    this.ended = this.poll();
  }

  /** Resolves when an event is taken and acknowledged. @throws Error when the session ends instead */
  async answers(): Promise<void> {
    const id = ++this.asked;
    await this.session.post(unsubscribe(id));
    const acknowledgement = `${MESSAGE}${ACK}${id}${DONE}`;
    let ended = false;
    void this.ended.then(() => (ended = true));
    while (!this.packets.includes(acknowledgement)) {
      if (ended) throw new Error(`the session is over: ${this.packets.join(" | ")}`);
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
  describe("the server's patience ends", () => {
    it("with a connection that never asks to be let in, before its first ping is due", async () => {
      const { neverConnected } = waiting();
      await neverConnected.untilClosed(HEARTBEAT_MS);
      expect(neverConnected.pings).toBe(0);
    });

    it("with an upgrade that is never probed, and the session is polled on", async () => {
      const { unfinishedUpgrade } = waiting();
      await unfinishedUpgrade.upgrade.untilClosed(HEARTBEAT_MS);
      await unfinishedUpgrade.polled.answers();
    });

    it("with a WebSocket that does not answer its ping, and not with one that does", async () => {
      const { unresponsive, responsive } = waiting();
      await unresponsive.untilClosed(HEARTBEAT_MS);
      expect(unresponsive.pings).toBe(1);
      expect(responsive.pings).toBeGreaterThanOrEqual(1);
      await expectAlive(responsive);
    });

    it("with a session in polling that does not answer its ping, and not with one that does", async () => {
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
