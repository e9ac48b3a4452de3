import { type Checks, formatValue } from "../../core/checks";
import { checkEnvironment, checkReasons } from "../../ecs/validation/environment";
import { type CompleteAppRunnerServiceProps } from "../defaults";
import { RESERVED_VARIABLE_PREFIX } from "../limits";

/** The transports that work on App Runner. */
export const POLLING_ONLY = "polling";

/** Refuses variables that App Runner or a shell would not accept, secrets in plain text, and WebSockets. */
export function checkVariables(checks: Checks, props: CompleteAppRunnerServiceProps): void {
  const { environment, secrets, plainTextReasons, socketIo, transportsVariable } = props;
  checkEnvironment(checks, { prefix: "", environment, secrets, plainTextReasons, readers: "describe the service" });
  checkReasons(checks, { plainTextReasons, environment });
  checkReserved(checks, "environment", Object.keys(environment ?? {}));
  checkReserved(checks, "secrets", Object.keys(secrets ?? {}));
  if (socketIo !== true) return;
  checks.matches(
    "transportsVariable",
    transportsVariable,
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    "a name of letters, digits and underscores that does not begin with a digit",
    "Name the variable from which the application reads its transports.",
  );
  const given = environment?.[transportsVariable];
  checks.require(given === undefined || given === POLLING_ONLY, {
    code: "app-runner-service/transports",
    prop: `environment.${transportsVariable}`,
    expected: `${POLLING_ONLY}, the only transport that App Runner carries`,
    got: formatValue(given),
    remedy: "Leave it out: the construct sets it.",
  });
}

function checkReserved(checks: Checks, prop: string, names: readonly string[]): void {
  const taken = names.filter((name) => name.startsWith(RESERVED_VARIABLE_PREFIX) || name === "PORT");
  checks.require(taken.length === 0, {
    code: "app-runner-service/reserved-variable",
    prop,
    expected: `variables other than PORT and ${RESERVED_VARIABLE_PREFIX}…`,
    got: taken.join(", "),
    remedy: "Remove them: App Runner sets PORT from containerPort, and keeps the others for itself.",
  });
}
