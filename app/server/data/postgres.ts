import { type ConnectionOptions } from "node:tls";
import { type CustomTypesConfig, Pool, type PoolClient, types } from "pg";
import { contract } from "../../contract";
import { DatabaseUnavailable } from "../domain/ports/errors";
import { CircuitBreaker } from "./circuit-breaker";
import { type Database, parseBigint, queriesThrough, type Statement } from "./database";
import { failureKindOf, toDatabaseError } from "./failures";
import { type PasswordSource } from "./passwords";

export interface PostgresOptions {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Called for each new connection; `undefined` when no password is needed. */
  readonly password: PasswordSource | undefined;
  /** `false` for an unencrypted connection, which only loopback and development hosts may use. */
  readonly tls: ConnectionOptions | false;
  readonly limits?: Partial<PostgresLimits>;
  /** Receives the errors of connections that broke while idle. */
  readonly onIdleError?: (error: Error) => void;
}

export interface PostgresLimits {
  /** Connections of this process. */
  readonly connections: number;
  /** Callers that may wait for a connection; more are refused at once. */
  readonly waiting: number;
  /** Milliseconds to wait for a free or new connection. */
  readonly connectMs: number;
  /** Milliseconds until the server cancels a statement. */
  readonly statementMs: number;
  /** Milliseconds until this process stops waiting: longer than `statementMs`, so that the server's error arrives first. */
  readonly answerMs: number;
  /** Milliseconds to wait for a lock. */
  readonly lockMs: number;
  readonly circuitFailures: number;
  readonly circuitPauseMs: number;
  /** Milliseconds to wait for running statements when closing. */
  readonly closeMs: number;
}

/** No caller waits longer than connectMs + answerMs, or twice that after a password was rotated. */
export const POSTGRES_LIMITS: PostgresLimits = {
  connections: contract.database.connectionsPerTask,
  waiting: 2000,
  connectMs: 2000,
  statementMs: 3000,
  answerMs: 3500,
  lockMs: 2000,
  circuitFailures: 5,
  circuitPauseMs: 1000,
  closeMs: 5000,
};

/** Object id of the type in PostgreSQL. */
const BIGINT = 20;

/** pg's parsers, except for bigint, which pg returns as text. */
const parsers: CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    Number(oid) === BIGINT ? parseBigint : (types.getTypeParser(oid, format) as (text: string) => unknown),
};

interface Query {
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
  readonly rowMode?: "array";
}

/** PostgreSQL with a pool of connections, the first of which is made by the first call. */
export class Postgres implements Database {
  readonly run: Database["run"];
  private readonly pool: Pool;
  private readonly circuit: CircuitBreaker;
  private readonly limits: PostgresLimits;
  private readonly password: PasswordSource | undefined;

  constructor(options: PostgresOptions) {
    this.limits = { ...POSTGRES_LIMITS, ...options.limits };
    this.circuit = new CircuitBreaker({ failures: this.limits.circuitFailures, pauseMs: this.limits.circuitPauseMs });
    this.password = options.password;
    this.pool = createPool(options, this.limits);
    this.run = queriesThrough((text, values, asArrays) =>
      this.send({ text, values: [...values], ...(asArrays && { rowMode: "array" as const }) }),
    );
  }

  query<Row>({ name, text }: Statement, values: readonly unknown[]): Promise<Row[]> {
    // pg takes a mutable array, and does not change it.
    return this.send({ name, text, values: values as unknown[] }) as Promise<Row[]>;
  }

  async ping(): Promise<void> {
    await this.send({ text: "select 1", values: [] });
  }

  async close(): Promise<void> {
    if (this.pool.ending) return;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.limits.closeMs);
    });
    await Promise.race([this.pool.end(), timeout]);
    clearTimeout(timer);
  }

  private async send(text: Query): Promise<unknown[]> {
    try {
      return await this.attempt(text);
    } catch (error) {
      const kind = failureKindOf(error);
      // Nothing was changed in either case, so that any statement may be repeated.
      if (kind !== "retry" && kind !== "sign-in") throw toDatabaseError(error);
      if (kind === "sign-in") this.password?.forget();
      try {
        return await this.attempt(text);
      } catch (second) {
        throw toDatabaseError(second);
      }
    }
  }

  private async attempt(text: Query): Promise<unknown[]> {
    if (this.pool.ending) throw new DatabaseUnavailable("the database is closed");
    if (!this.circuit.allows()) throw new DatabaseUnavailable("the database failed a moment ago; no attempt was made");
    if (this.pool.waitingCount >= this.limits.waiting) {
      throw new DatabaseUnavailable("too many statements are waiting for a connection");
    }
    let client: PoolClient | undefined;
    try {
      client = await this.pool.connect();
      const { rows } = await client.query<Record<string, unknown>>(text);
      client.release();
      this.circuit.succeeded();
      return rows;
    } catch (error) {
      const broken = failureKindOf(error) === "unavailable";
      // pool.query() would also drop the connection after a unique violation, which repeated messages cause.
      client?.release(broken);
      if (broken) this.circuit.failed();
      else if (client !== undefined) this.circuit.succeeded();
      throw error;
    }
  }
}

function createPool(
  { host, port, database, user, password, tls, onIdleError }: PostgresOptions,
  limits: PostgresLimits,
) {
  const pool = new Pool({
    host,
    port,
    database,
    user,
    ...(password && { password: () => password.password() }),
    ssl: tls,
    types: parsers,
    max: limits.connections,
    connectionTimeoutMillis: limits.connectMs,
    query_timeout: limits.answerMs,
    statement_timeout: limits.statementMs,
    lock_timeout: limits.lockMs,
    idle_in_transaction_session_timeout: limits.statementMs,
    keepAlive: true,
    application_name: "messenger-crm",
  });
  // An error event without a listener would end the process. The promise of a running statement is rejected separately.
  pool.on("connect", (client) => client.on("error", () => undefined));
  pool.on("error", (error) => onIdleError?.(error));
  return pool;
}
