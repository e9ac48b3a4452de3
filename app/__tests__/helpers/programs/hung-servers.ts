import { PostgresServer } from "../postgres";
import { RedisServer } from "../redis";

/** Starts both servers, hangs PostgreSQL with a connection open, prints the process ids, and waits to be killed. */
async function main(): Promise<void> {
  const [postgres, redis] = await Promise.all([PostgresServer.start(), RedisServer.start()]);
  const sleeping = postgres.sql("SELECT pg_sleep(600)");
  while ((await postgres.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")) === "0");
  postgres.pause();
  console.log(JSON.stringify([postgres.pid, redis.pid]));
  await sleeping;
}

void main();
