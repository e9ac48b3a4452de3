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
  /** Patches of the complete server too. */
  readonly always?: readonly SourcePatch[];
  /** The patches that remove a defence, by its name. */
  readonly without: Readonly<Record<string, readonly SourcePatch[]>>;
}

export function patch(file: string, from: string, to: string): SourcePatch {
  return { file: `server/${file}`, from, to };
}

/** Shows for each row that its check passes on the complete server and fails on one without the defence. */
export function describeDefences(defences: Readonly<Record<string, Defence>>): void {
  let servers: BackingServers;

  beforeAll(async () => {
    const [postgres, redis] = await Promise.all([PostgresServer.start(), RedisServer.start()]);
    servers = { postgres, redis };
  });
  afterEach(async () => {
    closeClients();
    RawSocket.closeAll();
    // A check may have stopped or paused them.
    await Promise.all([servers.postgres.restart(), servers.redis.restart()]);
  });
  afterAll(() => Promise.all([servers.postgres.close(), servers.redis.close()]));

  const attempt = async (
    { check, tasks = 1, always = [] }: Defence,
    patches: readonly SourcePatch[],
  ): Promise<unknown> => {
    const scenario = await openScenario({ ...servers, tasks, patches: [...always, ...patches] });
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
    it("passes", async () => expect(await attempt(defence, [])).toBe("holds"));

    it.each(Object.entries(defence.without))("fails without %s", async (_what, patches) =>
      expect(await attempt(defence, patches)).toBeInstanceOf(Error),
    );
  });
}
