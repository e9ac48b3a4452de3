import { type Checks, formatValue } from "../../core/checks";
import { literal } from "../../core/tokens";
import { type CompleteDatabaseProps } from "../defaults";
import { type DatabaseEngine } from "../engine-versions";
import { ENGINE_TRAITS } from "../engine-traits";
import { isReservedUser } from "../reserved-names";

/** Checks the name of a database user, except of one that is known only at apply. */
export function checkUser(checks: Checks, prop: string, name: string, engine: DatabaseEngine): void {
  if (!checks.required(prop, name, 'Use a name such as "messenger_app".')) return;
  const { dialect, userNameMaxLength: max } = ENGINE_TRAITS[engine];
  checks.matches(
    prop,
    name,
    new RegExp(`^[a-z][a-z0-9_]{0,${max - 1}}$`),
    `at most ${max} lower-case letters, digits and underscores, beginning with a letter`,
    'Use a name such as "messenger_app".',
    "database/user-name",
  );
  const known = typeof name === "string" ? literal(name) : undefined;
  checks.require(known === undefined || !isReservedUser(dialect, known), {
    code: "database/reserved-name",
    prop,
    expected: "a name that the engine does not reserve and that attackers do not try first",
    got: formatValue(name),
    remedy: 'Use a name such as "dbadmin" or "messenger_app".',
  });
}

/** Checks the user of an IAM permission. @throws ConfigurationError when it is malformed, reserved or the administrator */
export function validateIamUser(
  checks: Checks,
  user: string,
  { engine, masterUsername }: Pick<CompleteDatabaseProps, "engine" | "masterUsername">,
): void {
  const prop = "iamConnectStatement";
  checkUser(checks, prop, user, engine);
  checks.require(user !== masterUsername, {
    code: "database/app-user-is-administrator",
    prop,
    expected: "a user other than the administrator",
    got: formatValue(user),
    remedy:
      "The administrator signs in with its rotated password; create a user with only the privileges that the app needs.",
  });
  checks.throwIfInvalid();
}

interface ConnectionUse {
  readonly engine: DatabaseEngine;
  /** Whether the URL is for a reader. */
  readonly reader: boolean;
  readonly hasReaderHost: boolean;
}

/** Checks the user and the kind of host of a URL. @throws ConfigurationError when the name is malformed or there is no reader */
export function validateConnectionUser(
  checks: Checks,
  user: string,
  { engine, reader, hasReaderHost }: ConnectionUse,
): void {
  checkUser(checks, "connectionUrl", user, engine);
  checks.require(!reader || hasReaderHost, {
    code: "database/no-reader",
    prop: "connectionUrl",
    expected: "reader only with Aurora",
    got: engine,
    remedy: "A standby of an RDS instance accepts no connections; readerConnectionUrls() has the read replicas.",
  });
  checks.throwIfInvalid();
}

/** Checks the user of the URLs of readers. @throws ConfigurationError when the name is malformed or the user is refused */
export function validateReaderUser(
  checks: Checks,
  user: string,
  { engine, refused }: { readonly engine: DatabaseEngine; readonly refused: boolean },
): void {
  checkUser(checks, "readerConnectionUrls", user, engine);
  checks.require(!refused, {
    code: "database/proxy-user-on-replica",
    prop: "readerConnectionUrls",
    expected: "a user that signs in with IAM",
    got: formatValue(user),
    remedy: "Read replicas are not behind the proxy, and only the proxy can read the password of its user.",
  });
  checks.throwIfInvalid();
}

/** Checks that the proxy has an endpoint for reads. @throws ConfigurationError when it has none */
export function validateProxyReader(checks: Checks, user: string, readerHost: string | undefined): void {
  checks.require(readerHost !== undefined, {
    code: "database/no-reader",
    prop: "connectionUrl",
    expected: "reader only with a second instance behind the proxy",
    got: formatValue(user),
    remedy: "Raise instanceCount, or read from the writer.",
  });
  checks.throwIfInvalid();
}
