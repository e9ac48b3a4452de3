import { type Checks, formatValue } from "../../core/checks";
import { literal } from "../../core/tokens";
import { type CompleteDatabaseProps } from "../defaults";
import { type CompleteProxyProps, proxyDefaults } from "../proxy/defaults";
import { checkUser } from "./users";

/** Ranges. Source: RDS API reference, CreateDBProxy and ConnectionPoolConfiguration. */
export function checkProxy(checks: Checks, props: CompleteDatabaseProps): void {
  const { proxy, engine, masterUsername, minCapacityAcu } = props;
  if (proxy === undefined) return;
  checkUser(checks, "proxy.userName", proxy.userName, engine);
  checks.require(proxy.userName !== masterUsername, {
    prop: "proxy.userName",
    expected: "a user of the app's own",
    got: formatValue(proxy.userName),
    remedy: "The administrator connects to the database itself; an app needs far less than it may.",
  });
  const secret = "Pass the ARN of the secret with the user's name and password.";
  if (checks.required("proxy.secretArn", proxy.secretArn, secret)) {
    checks.arn("proxy.secretArn", proxy.secretArn, "secretsmanager", secret);
  }
  const key = "Pass the ARN of a KMS key, not its id or alias.";
  checks.arn("proxy.secretKmsKeyArn", proxy.secretKmsKeyArn, "kms", key);
  checkPool(checks, { ...proxyDefaults, ...proxy });
  checks.require(minCapacityAcu !== 0, {
    prop: "proxy",
    expected: "nothing with minCapacityAcu 0",
    got: "one",
    remedy: "It keeps connections open, so that no instance ever pauses: set minCapacityAcu to 0.5 or more.",
  });
}

function checkPool(checks: Checks, pool: CompleteProxyProps): void {
  const { maxConnectionsPercent: most, maxIdleConnectionsPercent: idle } = pool;
  const share = "It is a share of the database's max_connections.";
  checks.integer("proxy.maxConnectionsPercent", most, { min: 1, max: 100, unit: "%" }, share);
  checks.integer("proxy.maxIdleConnectionsPercent", idle, { min: 0, max: 100, unit: "%" }, share);
  const [known, kept] = [literal(most), literal(idle)];
  checks.require(known === undefined || kept === undefined || kept <= known, {
    prop: "proxy.maxIdleConnectionsPercent",
    expected: `at most maxConnectionsPercent (${most})`,
    got: formatValue(idle),
    remedy: "It cannot keep more connections open than it may open.",
  });
  const wait = "A client that waits longer is better told.";
  checks.integer("proxy.borrowTimeoutSec", pool.borrowTimeoutSec, { min: 0, max: 300, unit: "s" }, wait);
  const silent = "A pool of the app's own keeps its connections for as long as it is idle.";
  checks.integer("proxy.idleClientTimeoutSec", pool.idleClientTimeoutSec, { min: 60, max: 28_800, unit: "s" }, silent);
}
