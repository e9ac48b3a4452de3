import { type Check } from "./check";
import { adapter } from "./checks/adapter";
import { alarms } from "./checks/alarms";
import { cache } from "./checks/cache";
import { certificate } from "./checks/certificate";
import { circuitBreaker } from "./checks/circuit-breaker";
import { database } from "./checks/database";
import { deployment } from "./checks/deployment";
import { dns } from "./checks/dns";
import { idleTimeout } from "./checks/idle-timeout";
import { imageDrift } from "./checks/image-drift";
import { logGroup } from "./checks/log-group";
import { metricFilter } from "./checks/metric-filter";
import { origins } from "./checks/origins";
import { quotas } from "./checks/quotas";
import { secrets } from "./checks/secrets";
import { securityGroups } from "./checks/security-groups";
import { stickiness } from "./checks/stickiness";
import { targets } from "./checks/targets";
import { topics } from "./checks/topics";
import { wayOut } from "./checks/way-out";

/** What runs, in the order in which one would look when the site is down. */
export const DOCTOR_CHECKS: readonly Check[] = [
  deployment,
  targets,
  securityGroups,
  dns,
  certificate,
  origins,
  stickiness,
  idleTimeout,
  adapter,
  cache,
  database,
  secrets,
  wayOut,
  logGroup,
  metricFilter,
  alarms,
  topics,
  circuitBreaker,
  imageDrift,
  quotas,
];
