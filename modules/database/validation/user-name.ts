import { type Checks, formatValue } from "../../core/checks";
import { literal } from "../../core/tokens";
import { type DatabaseEngine } from "../engine-versions";
import { ENGINE_TRAITS } from "../engine-traits";
import { isReservedUser } from "../reserved-names";

/** Checks the name of a database user; a token is passed over. */
export function checkUser(checks: Checks, prop: string, name: string, engine: DatabaseEngine): void {
  if (!checks.required(prop, name, 'Use a name such as "messenger_app".')) return;
  const { dialect, userNameMaxLength: max } = ENGINE_TRAITS[engine];
  checks.matches(
    prop,
    name,
    new RegExp(`^[a-z][a-z0-9_]{0,${max - 1}}$`),
    `at most ${max} lower-case letters, digits and underscores, beginning with a letter`,
    'Use a name such as "messenger_app".',
  );
  const known = typeof name === "string" ? literal(name) : undefined;
  checks.require(known === undefined || !isReservedUser(dialect, known), {
    prop,
    expected: "a name that the engine does not keep for itself and attackers do not try first",
    got: formatValue(name),
    remedy: 'Use a name such as "dbadmin" or "messenger_app".',
  });
}
