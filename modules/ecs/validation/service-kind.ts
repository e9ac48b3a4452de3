import { type Checks } from "../../core/checks";
import { formatValue } from "../../core/format-value";
import { type CompleteEcsServiceProps } from "../defaults";
import { type ServiceKind } from "../service-kind";

/** A prop that a kind of service does not have, and why. */
interface Foreign {
  readonly prop: string;
  readonly valueOf: (props: CompleteEcsServiceProps) => unknown;
  readonly remedy: string;
}

const WITHOUT_SOCKETS = 'Leave it out, or set kind to "sockets" for a service that keeps connections open.';
const WITHOUT_PORT = 'Leave it out, or set kind to "http" for a service that answers requests.';

const OF_SOCKETS: readonly Foreign[] = [
  { prop: "fanOut", valueOf: ({ fanOut }) => fanOut, remedy: WITHOUT_SOCKETS },
  { prop: "connectionMetric", valueOf: ({ connectionMetric }) => connectionMetric, remedy: WITHOUT_SOCKETS },
  {
    prop: "autoscaling.connectionsPerTask",
    valueOf: ({ autoscaling }) => autoscaling?.connectionsPerTask,
    remedy: WITHOUT_SOCKETS,
  },
];

const OF_SERVERS: readonly Foreign[] = [
  { prop: "containerPort", valueOf: ({ containerPort }) => containerPort, remedy: WITHOUT_PORT },
  { prop: "loadBalancer", valueOf: ({ loadBalancer }) => loadBalancer, remedy: WITHOUT_PORT },
  {
    prop: "healthCheckGracePeriodSec",
    valueOf: ({ healthCheckGracePeriodSec }) => healthCheckGracePeriodSec,
    remedy: WITHOUT_PORT,
  },
  {
    prop: "autoscaling.requestsPerTask",
    valueOf: ({ autoscaling }) => autoscaling?.requestsPerTask,
    remedy: WITHOUT_PORT,
  },
];

const FOREIGN: Readonly<Record<ServiceKind, readonly Foreign[]>> = {
  sockets: [],
  http: OF_SOCKETS,
  worker: [...OF_SOCKETS, ...OF_SERVERS],
};

/** Refuses props that mean nothing for this kind of service: most likely the kind is wrong, or the service was copied from another. */
export function checkServiceKind(checks: Checks, props: CompleteEcsServiceProps): void {
  // A kind that does not exist is a problem of its type.
  for (const { prop, valueOf, remedy } of FOREIGN[props.kind] ?? []) {
    const value = valueOf(props);
    checks.require(value === undefined, {
      code: "ecs/service-kind",
      prop,
      expected: `nothing for a service of the kind ${props.kind}`,
      got: formatValue(value),
      remedy,
    });
  }
}
