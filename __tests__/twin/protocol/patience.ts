import { contract } from "../../../app/contract";
import { FrameSocket } from "./frames";
import { type Ground } from "./ground";
import { CLOSE, MESSAGE, PING, PollingSession, PONG, SEPARATOR } from "./polling";
import { ACK, DONE, expectAlive, harmless } from "./socket-io";

const { pingIntervalSec, pingTimeoutSec } = contract.container.socket.heartbeat;
/** Longest life of a client that does not answer, in milliseconds, and some more for a busy machine. */
const HEARTBEAT_MS = (pingIntervalSec + pingTimeoutSec + 15) * 1000;

/**
 * Sessions that take as long as the server's patience: begun before all other tests and looked at after them, so that they cost the
 * longest of these times once. The heartbeat is the contract's own, nothing is made quicker here.
 */
export class Waiting {
  private constructor(
    readonly answering: FrameSocket,
    readonly silent: FrameSocket,
    /** Never asks to be let in. */
    readonly mute: FrameSocket,
    readonly unfinished: { readonly polled: Polled; readonly upgrade: FrameSocket },
    readonly answeringPolling: Polled,
    readonly silentPolling: Polled,
  ) {}

  static async begin(ground: Ground): Promise<Waiting> {
    const { way } = ground;
    const connected = async (answersPings: boolean): Promise<FrameSocket> => {
      const socket = await FrameSocket.open(way, { answersPings });
      socket.send(await ground.connectPacket());
      return socket;
    };
    const session = await connectedPolling(ground);
    const upgrade = await FrameSocket.open(way, { query: { sid: session.sid }, cookie: session.cookie });
    return new Waiting(
      await connected(true),
      await connected(false),
      await FrameSocket.open(way),
      { polled: new Polled(session, true), upgrade },
      new Polled(await connectedPolling(ground), true),
      new Polled(await connectedPolling(ground), false),
    );
  }

  async end(): Promise<void> {
    for (const socket of [this.answering, this.silent, this.mute, this.unfinished.upgrade]) socket.terminate();
    await Promise.all([this.unfinished.polled, this.answeringPolling, this.silentPolling].map((each) => each.close()));
  }
}

/** A session that is polled all the time, whether or not it answers pings. */
export class Polled {
  readonly packets: string[] = [];
  private asked = 0;
  /** Resolves with what the last request was answered with. */
  readonly over: Promise<{ readonly status: number; readonly text: string }>;

  constructor(
    readonly session: PollingSession,
    private readonly answersPings: boolean,
  ) {
    this.over = this.poll();
  }

  /** Resolves when an event is taken and acknowledged. @throws Error when the session ends instead */
  async answers(): Promise<void> {
    const id = ++this.asked;
    await this.session.post(harmless(id));
    const acknowledgement = `${MESSAGE}${ACK}${id}${DONE}`;
    let ended = false;
    void this.over.then(() => (ended = true));
    while (!this.packets.includes(acknowledgement)) {
      if (ended) throw new Error(`the session is over: ${this.packets.join(" | ")}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Ends the session, and resolves when it has ended. */
  async close(): Promise<void> {
    await this.session.close();
    await this.over;
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

async function connectedPolling(ground: Ground): Promise<PollingSession> {
  const session = await PollingSession.open(ground.way);
  await session.post(await ground.connectPacket());
  return session;
}

export function patience(waiting: () => Waiting): void {
  describe("the server's patience ends", () => {
    it("with a connection that never asks to be let in, before its first ping is due", async () => {
      const { mute } = waiting();
      await mute.untilClosed(HEARTBEAT_MS);
      expect(mute.pings).toBe(0);
    });

    it("with an upgrade that is never probed, and the session is polled on", async () => {
      const { unfinished } = waiting();
      await unfinished.upgrade.untilClosed(HEARTBEAT_MS);
      await unfinished.polled.answers();
    });

    it("with a WebSocket that does not answer its ping, and not with one that does", async () => {
      const { silent, answering } = waiting();
      await silent.untilClosed(HEARTBEAT_MS);
      expect(silent.pings).toBe(1);
      expect(answering.pings).toBeGreaterThanOrEqual(1);
      await expectAlive(answering);
    });

    it("with a session in polling that does not answer its ping, and not with one that does", async () => {
      const { silentPolling, answeringPolling } = waiting();
      expect(await silentPolling.over).toMatchObject({
        status: 400,
        text: expect.stringContaining("unknown") as string,
      });
      expect(silentPolling.packets.slice(1)).toEqual([PING, CLOSE]);
      expect(answeringPolling.packets).toContain(PING);
      expect(answeringPolling.packets).not.toContain(CLOSE);
      await answeringPolling.answers();
    });
  });
}
