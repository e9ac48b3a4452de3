import { type DatabaseConfiguration, type PostgresConfiguration } from "../../server/configuration";
import { migrateDatabase } from "../../server/data/migrate";
import { postgresOptions } from "../../server/data/open-database";
import { Postgres, type PostgresLimits, type PostgresOptions } from "../../server/data/postgres";
import { type PostgresServer } from "./postgres";

/** The app's configuration for a database URL. */
export function configurationOf(url: string): PostgresConfiguration & DatabaseConfiguration {
  const { hostname: host, port, pathname, username: user, password } = new URL(url);
  return {
    kind: "postgres",
    host,
    port: Number(port),
    database: pathname.slice(1),
    user,
    connections: undefined,
    tls: false,
    auth: { kind: "none", password: password === "" ? undefined : password },
  };
}

/** Creates a migrated database and opens a pool on it. */
export async function createTestDatabase(
  server: PostgresServer,
  limits: Partial<PostgresLimits> = {},
): Promise<TestDatabase> {
  const configuration = configurationOf(await server.createDatabase());
  await migrateDatabase({ database: configuration, appUser: undefined });
  return new TestDatabase({ ...postgresOptions(configuration), limits });
}

export class TestDatabase extends Postgres {
  /** The database's name. */
  readonly name: string;

  constructor(options: PostgresOptions) {
    super(options);
    this.name = options.database;
  }
}
