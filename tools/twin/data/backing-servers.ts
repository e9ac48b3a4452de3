import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serverFolder } from "../../servers/account";
import { PostgresServer } from "../../servers/postgres";
import { RedisServer } from "../../servers/redis";
import { lettersAndDigits } from "./secrets";
import { type Cache, type Database } from "../topology/topology";

/** The real Redis and PostgreSQL that stand in for ElastiCache and RDS. */
export interface BackingServers {
  readonly redis: RedisServer | undefined;
  readonly database: PostgresServer | undefined;
  /** Value of the secret that RDS manages for the master user. */
  readonly masterCredentials: string;
  close(): Promise<void>;
}

/**
 * Starts the data stores of a topology. They listen on all addresses, since each task connects to a loopback address of its own,
 * and refuse connections from other machines: Redis by protected mode, PostgreSQL by pg_hba.conf.
 */
export async function startBackingServers(
  database: Database | undefined,
  cache: Cache | undefined,
): Promise<BackingServers> {
  const password = lettersAndDigits(32);
  const redis = cache && (await RedisServer.start({ args: redisArguments(cache) }));
  const hostsFolder = serverFolder("twin-hosts-");
  const postgres = database && (await startPostgres(database, password, join(hostsFolder, "pg_hba.conf")));
  return {
    redis,
    database: postgres,
    masterCredentials: JSON.stringify({ username: database?.masterUser, password }),
    close: async () => {
      await Promise.all([redis?.close(), postgres?.close()]);
      rmSync(hostsFolder, { recursive: true, force: true });
    },
  };
}

/** Gives every connection exactly the rights of the applied user. */
function redisArguments({ accessString }: Cache): string[] {
  const rights = accessString?.split(" ").filter((rule) => rule !== "" && rule !== "on") ?? [];
  const user = rights.length > 0 ? ["--user", "default", "on", "nopass", "reset", "on", "nopass", ...rights] : [];
  return ["--bind", "0.0.0.0", "--protected-mode", "yes", ...user];
}

async function startPostgres(database: Database, password: string, hostsFile: string): Promise<PostgresServer> {
  writeFileSync(hostsFile, "host all all 127.0.0.0/8 trust\n", { mode: 0o644 });
  const server = await PostgresServer.start({
    settings: { listen_addresses: "0.0.0.0", hba_file: hostsFile, max_connections: "200" },
  });
  // As on RDS, the master user is not a superuser, and these two roles exist.
  await server.sql("CREATE ROLE rds_superuser");
  await server.sql("CREATE ROLE rds_iam");
  await server.sql(`CREATE ROLE "${database.masterUser}" LOGIN CREATEDB CREATEROLE PASSWORD '${password}'`);
  await server.sql(`GRANT rds_superuser TO "${database.masterUser}"`);
  await server.sql(`CREATE DATABASE "${database.name}" OWNER "${database.masterUser}"`);
  return server;
}
