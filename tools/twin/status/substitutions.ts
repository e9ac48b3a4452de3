import { programNodeVersion } from "../tasks/program-path";
import { publicHost } from "../topology/public-host";
import { type Topology } from "../topology/topology";

/** One difference between what was applied and what runs here. */
export interface Substitution {
  readonly applied: string;
  readonly here: string;
}

/** Lists what differs from AWS on this machine. */
export function describeSubstitutions(
  topology: Topology,
  here: {
    readonly origin: string;
    readonly tasks: string;
    /** Name of a container image; `undefined` when tasks are plain processes. */
    readonly image?: string;
  },
): Substitution[] {
  const { loadBalancer, task, group } = topology;
  const secrets = new Set(task.containers.flatMap((container) => Object.values(container.secrets)));
  return [
    {
      applied: `load balancer at ${loadBalancer.protocol} port ${loadBalancer.port} of ${publicHost(topology)}`,
      here: `HAProxy at ${here.origin}, without TLS`,
    },
    ...dataSubstitutions(topology),
    { applied: `${secrets.size} secrets of Secrets Manager`, here: "generated when the twin starts" },
    group === undefined
      ? {
          applied: "HOSTNAME 0.0.0.0, with a network interface for each task",
          here: `a loopback address for each task, ${here.tasks}`,
        }
      : {
          applied: `instances of ${group.instanceType} with Amazon Linux, systemd, the scripts of the user data and the CloudWatch agent`,
          here: `a loopback address for each instance, ${here.tasks}, nginx of this machine, and the twin in place of systemd and scripts`,
        },
    {
      applied: `image ${task.containers[0]?.image ?? ""}`,
      here:
        here.image === undefined
          ? `the built app's files, as plain processes with Node.js ${programNodeVersion()}`
          : `${here.image}, in containers with podman`,
    },
  ];
}

function dataSubstitutions({ database, cache }: Topology): Substitution[] {
  const substitutions: Substitution[] = [];
  if (database) {
    substitutions.push({
      applied: `${database.engine} ${database.engineVersion} with TLS and IAM sign-in`,
      here: "PostgreSQL on this machine, without TLS and password",
    });
  }
  if (cache) {
    substitutions.push({
      applied: `${cache.engine} ${cache.engineVersion}${cache.tls ? " with TLS and IAM sign-in" : ""}`,
      here: `Redis on this machine, without TLS and password${cache.accessString ? "; the user's access string applies" : ""}`,
    });
  }
  return substitutions;
}
