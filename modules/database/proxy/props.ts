import * as kind from "../../core/kinds";

/** An RDS Proxy for one user of the database. */
export interface DatabaseProxyProps {
  /**
   * Database user that connects through the proxy. The user has a password and not the role `rds_iam`: the proxy signs in with the
   * password, the app signs in to the proxy with IAM.
   */
  readonly userName: string;
  /** ARN of the secret with the user's `{"username": …, "password": …}`; the proxy's role may read no other. */
  readonly secretArn: string;
  /**
   * Customer managed key of that secret.
   * @default the key `aws/secretsmanager`
   */
  readonly secretKmsKeyArn?: string | undefined;
  /**
   * Percentage of the database's `max_connections` that the proxy may open, 1 to 100; the rest is for migrations and people.
   * @default 90
   */
  readonly maxConnectionsPercent?: number | undefined;
  /**
   * Percentage of `max_connections` that the proxy keeps open while idle, 0 to `maxConnectionsPercent`.
   * @default 50, or `maxConnectionsPercent` if that is less
   */
  readonly maxIdleConnectionsPercent?: number | undefined;
  /**
   * Seconds that a client waits for a connection when all are in use, 0 to 300; after that its query fails.
   * @default 30
   */
  readonly borrowTimeoutSec?: number | undefined;
  /**
   * Seconds after which an idle client is disconnected, 60 to 28,800.
   * @default 1800
   */
  readonly idleClientTimeoutSec?: number | undefined;
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
