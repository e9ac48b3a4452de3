import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
import { literal } from "../../core/tokens";
import { type CompleteDatabaseProps } from "../defaults";
import { type CompleteProxyProps, proxyDefaults } from "../proxy/defaults";
import { checkUser } from "./users";

/** Checks the proxy. Source of the ranges: RDS API reference, CreateDBProxy and ConnectionPoolConfiguration. */
export function checkProxy(checks: Checks, props: CompleteDatabaseProps): void {
  const { proxy, engine, masterUsername, minCapacityAcu } = props;
  if (proxy === undefined) return;
  checkUser(checks, "proxy.userName", proxy.userName, engine);
  checks.require(proxy.userName !== masterUsername, {
    code: "database/app-user-is-administrator",
    prop: "proxy.userName",
    expected: "a user other than the administrator",
    got: formatValue(proxy.userName),
    remedy: "The administrator connects without the proxy; create a user with only the privileges that the app needs.",
  });
  const secret = "Pass the ARN of the secret with the user's name and password.";
  if (checks.required("proxy.secretArn", proxy.secretArn, secret)) {
    checks.arn("proxy.secretArn", proxy.secretArn, ARN_TYPES.secret, secret);
  }
  const key = "Pass the ARN of a KMS key, not its id or alias.";
  checks.arn("proxy.secretKmsKeyArn", proxy.secretKmsKeyArn, ARN_TYPES.kmsKey, key);
  checkPool(checks, { ...proxyDefaults, ...proxy });
  checks.require(minCapacityAcu !== 0, {
    code: "database/proxy-prevents-pause",
    prop: "proxy",
    expected: "nothing with minCapacityAcu 0",
    got: "a proxy",
    remedy: "A proxy keeps connections open, so no instance would ever pause: set minCapacityAcu to 0.5 or more.",
  });
}

function checkPool(checks: Checks, pool: CompleteProxyProps): void {
  const { maxConnectionsPercent, maxIdleConnectionsPercent } = pool;
  const percentage = "It is a percentage of the database's max_connections.";
  checks.integer("proxy.maxConnectionsPercent", maxConnectionsPercent, { min: 1, max: 100, unit: "%" }, percentage);
  checks.integer(
    "proxy.maxIdleConnectionsPercent",
    maxIdleConnectionsPercent,
    { min: 0, max: 100, unit: "%" },
    percentage,
  );
  const [open, idle] = [literal(maxConnectionsPercent), literal(maxIdleConnectionsPercent)];
  checks.require(open === undefined || idle === undefined || idle <= open, {
    code: "database/proxy-idle-connections",
    prop: "proxy.maxIdleConnectionsPercent",
    expected: `at most maxConnectionsPercent (${maxConnectionsPercent})`,
    got: formatValue(maxIdleConnectionsPercent),
    remedy: "The proxy cannot keep more connections open than it may open.",
  });
  const borrow = "A client that waits longer should get an error.";
  checks.integer("proxy.borrowTimeoutSec", pool.borrowTimeoutSec, { min: 0, max: 300, unit: "s" }, borrow);
  const idleClient = "RDS Proxy accepts 1 minute to 8 hours.";
  checks.integer(
    "proxy.idleClientTimeoutSec",
    pool.idleClientTimeoutSec,
    { min: 60, max: 28_800, unit: "s" },
    idleClient,
  );
}
