import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";

export const ENDPOINTS_PROP = "interfaceEndpoints";

/** Short names are joined to `com.amazonaws.<region>.`, so a name that begins with it would have the prefix twice. */
const ENDPOINT_SERVICE =
  /^(?=.{1,63}$)(?!(?:cn\.)?com\.|aws\.|amazonaws\.|vpce)[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/;

/** Refuses services that are not given by their short names, and repeated ones. */
export function checkEndpointServices(checks: Checks, services: readonly string[]): void {
  const malformed = services.filter((service) => isUnresolved(service) || !ENDPOINT_SERVICE.test(service));
  checks.require(malformed.length === 0, {
    code: "network/endpoint-service",
    prop: ENDPOINTS_PROP,
    expected: "short service names, such as ecr.api",
    got: malformed.map(formatValue).join(", "),
    remedy: "Leave out the prefix com.amazonaws.<region>.",
  });
  checks.distinct(ENDPOINTS_PROP, services, "service", "Remove the repeated one.");
}
