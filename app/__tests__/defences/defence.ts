import { type SourcePatch } from "../helpers/source-patches";
import { PostgresServer } from "../helpers/postgres";
import { RawSocket } from "../helpers/raw-socket";
import { RedisServer } from "../helpers/redis";
import { closeClients } from "../helpers/task";
import { type Check } from "./checks";
import { type BackingServers, openScenario } from "./scenario";

export interface Defence {
  readonly check: Check;
  readonly tasks?: 1 | 2;
  /** Part of the sound server too. */
  readonly always?: readonly SourcePatch[];
  /** What it is without, by what is taken out. */
  readonly without: Readonly<Record<string, readonly SourcePatch[]>>;
}

export function patch(file: string, from: string, to: string): SourcePatch {
  return { file: `server/${file}`, from, to };
}

/** Each row is shown twice: its check passes on the server as it is, and fails on one that lacks the defence. */
export function describeDefences(defences: Readonly<Record<string, Defence>>): void {
  let servers: BackingServers;

  beforeAll(async () => {
    const [postgres, redis] = await Promise.all([PostgresServer.start(), RedisServer.start()]);
    servers = { postgres, redis };
  });
  afterEach(async () => {
    closeClients();
    RawSocket.closeAll();
    // However a check left them: running again, and not hung.
    await Promise.all([servers.postgres.restart(), servers.redis.restart()]);
  });
  afterAll(() => Promise.all([servers.postgres.close(), servers.redis.close()]));

  const attempt = async (
    { check, tasks = 1, always = [] }: Defence,
    changes: readonly SourcePatch[],
  ): Promise<unknown> => {
    const scenario = await openScenario({ ...servers, tasks, changes: [...always, ...changes] });
    try {
      await check(scenario);
      return "holds";
    } catch (error) {
      return error;
    } finally {
      await scenario.close();
    }
  };

  describe.each(Object.entries(defences))("%s", (_row, defence) => {
    it("holds", async () => expect(await attempt(defence, [])).toBe("holds"));

    it.each(Object.entries(defence.without))("falls without %s", async (_what, changes) =>
      expect(await attempt(defence, changes)).toBeInstanceOf(Error),
    );
  });
}
