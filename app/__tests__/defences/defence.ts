import { type Change } from "../helpers/changes";
import { PostgresServer } from "../helpers/postgres";
import { RawSocket } from "../helpers/raw-socket";
import { RedisServer } from "../helpers/redis";
import { closeClients } from "../helpers/task";
import { type Check } from "./checks";
import { type Ground, openWorld } from "./world";

export interface Defence {
  readonly check: Check;
  readonly tasks?: 1 | 2;
  /** Part of the sound server too. */
  readonly always?: readonly Change[];
  /** What it is without, by what is taken out. */
  readonly without: Readonly<Record<string, readonly Change[]>>;
}

export function change(file: string, from: string, to: string): Change {
  return { file: `server/${file}`, from, to };
}

/** Each row is shown twice: its check passes on the server as it is, and fails on one that lacks the defence. */
export function describeDefences(defences: Readonly<Record<string, Defence>>): void {
  let ground: Ground;

  beforeAll(async () => {
    const [postgres, redis] = await Promise.all([PostgresServer.start(), RedisServer.start()]);
    ground = { postgres, redis };
  });
  afterEach(async () => {
    closeClients();
    RawSocket.closeAll();
    // However a check left them: running again, and not hung.
    await Promise.all([ground.postgres.restart(), ground.redis.restart()]);
  });
  afterAll(() => Promise.all([ground.postgres.close(), ground.redis.close()]));

  const attempt = async ({ check, tasks = 1, always = [] }: Defence, changes: readonly Change[]): Promise<unknown> => {
    const world = await openWorld({ ...ground, tasks, changes: [...always, ...changes] });
    try {
      await check(world);
      return "holds";
    } catch (error) {
      return error;
    } finally {
      await world.close();
    }
  };

  describe.each(Object.entries(defences))("%s", (_row, defence) => {
    it("holds", async () => expect(await attempt(defence, [])).toBe("holds"));

    it.each(Object.entries(defence.without))("falls without %s", async (_what, changes) =>
      expect(await attempt(defence, changes)).toBeInstanceOf(Error),
    );
  });
}
