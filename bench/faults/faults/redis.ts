import { type Fault } from "../fault";

/** Faults of Redis, which transports messages between tasks and stores none. */
export const redisFaults: readonly Fault[] = [
  {
    name: "redis-killed",
    what: "Redis is killed and restarted, 20 times",
    act: async (stage) => {
      for (let time = 0; time < 20; time++) {
        await stage.twin.redis.kill();
        await stage.wait(0.2);
        await stage.twin.redis.start();
        await stage.wait(0.6);
      }
    },
  },
  {
    name: "redis-away-and-silence",
    what: "Redis is down for 5 s, and no message is written afterwards, so that no later message reveals the missed ones",
    act: async (stage) => {
      await stage.twin.redis.stop();
      await stage.wait(4);
      await stage.crowd.stopWriting();
      await stage.wait(1);
      await stage.twin.redis.start();
    },
  },
  {
    name: "redis-hung",
    what: "Redis hangs for 8 s with all connections open",
    act: async (stage) => {
      stage.twin.redis.pause();
      await stage.wait(8);
      stage.twin.redis.resume();
    },
  },
  {
    name: "redis-absent-at-boot",
    what: "a deployment while Redis is down: the new tasks start without it and connect 5 s later",
    act: async (stage) => {
      await stage.twin.redis.stop();
      await stage.deploy(stage.built);
      await stage.wait(5);
      await stage.twin.redis.start();
    },
  },
];
