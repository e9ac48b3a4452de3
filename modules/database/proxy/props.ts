import * as kind from "../../core/kinds";

/** RDS Proxy in front of the database, for one user of it. */
export interface DatabaseProxyProps {
  /** Database user who connects through it. It has a password and no `rds_iam`: the proxy signs in with the password, the app by IAM. */
  readonly userName: string;
  /** ARN of the secret with that user's `{"username": …, "password": …}`; all that the proxy's role may read. */
  readonly secretArn: string;
  /**
   * Customer managed key of that secret.
   * @default the key `aws/secretsmanager`
   */
  readonly secretKmsKeyArn?: string;
  /**
   * Share of the database's `max_connections` that the proxy may open, 1 to 100; the rest is for migrations and people.
   * @default 90
   */
  readonly maxConnectionsPercent?: number;
  /**
   * Share of `max_connections` that it keeps open while nobody needs them, 0 to `maxConnectionsPercent`.
   * @default 50, or `maxConnectionsPercent` where that is less
   */
  readonly maxIdleConnectionsPercent?: number;
  /**
   * Seconds that a client waits for a connection when all are taken, 0 to 300; after that its query fails.
   * @default 30
   */
  readonly borrowTimeoutSec?: number;
  /**
   * Seconds after which a silent client is cut off, 60 to 28,800.
   * @default 1800
   */
  readonly idleClientTimeoutSec?: number;
}

export const PROXY = kind.object<DatabaseProxyProps>({
  userName: kind.string,
  secretArn: kind.string,
  secretKmsKeyArn: kind.string,
  maxConnectionsPercent: kind.number,
  maxIdleConnectionsPercent: kind.number,
  borrowTimeoutSec: kind.number,
  idleClientTimeoutSec: kind.number,
});
