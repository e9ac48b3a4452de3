import { type Checks, formatValue } from "../../core/checks";
import { BASE_NAME, BASE_NAME_MAX_LENGTH } from "../../core/names";
import { type RegisteredService } from "../service-context";

/** Source: ALB user guide, "Quotas", "Target Groups per Application Load Balancer". */
const MOST_SERVICES = 100;

/** @throws ConfigurationError when the id is malformed or taken */
export function checkServiceId(checks: Checks, id: string, services: readonly RegisteredService[]): void {
  const prop = "addService";
  checks.require(BASE_NAME.test(id) && id.length <= BASE_NAME_MAX_LENGTH, {
    code: "alb-websocket/service-id",
    prop,
    expected: `an id of lower-case letters, digits and single hyphens, at most ${BASE_NAME_MAX_LENGTH}`,
    got: formatValue(id),
    remedy: 'For example "web".',
  });
  checks.require(!services.some(({ route }) => route.service === id), {
    code: "alb-websocket/service-id-taken",
    prop,
    expected: "a different id for each service",
    got: formatValue(id),
    remedy: "Use another id.",
  });
  if (services.length === MOST_SERVICES) {
    checks.warn(
      `addService: more than ${MOST_SERVICES} services, and AWS allows ${MOST_SERVICES} target groups for a load balancer. Create a second AlbWebsocket.`,
    );
  }
  checks.throwIfInvalid();
}
