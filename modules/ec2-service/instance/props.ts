/** Seconds of a client's heartbeat; a proxy in between has to wait for both together. */
export interface Heartbeat {
  readonly pingInterval: number;
  readonly pingTimeout: number;
}

/** What runs once before the first process; a non-zero exit code or a timeout fails the boot of the instance. */
export interface InstanceMigration {
  /** In exec form, run in the image. Two instances may run it at the same time. */
  readonly command: readonly string[];
  /** Variables of the migration alone; it does not receive those of the processes. ECS's `valueFrom` texts. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly timeoutSec: number;
}

/**
 * What an instance needs to know to run the application: everything is in its user data, so that a change of any of it is a new version of
 * the launch template, and with it an instance refresh. Texts may be tokens; a token's value must not contain quotes or backslashes.
 */
export interface InstanceProps {
  /** Stem of all names, for example `messenger-crm-prod`. */
  readonly name: string;
  readonly region: string;
  /**
   * `<repository URL>:<tag>` or `<repository URL>@sha256:…` in ECR. The instance unpacks its layers without a container engine and checks
   * each against its SHA-256.
   */
  readonly image: string;
  /** @default none */
  readonly migration?: InstanceMigration | undefined;
  /** Port of nginx, to which the target group sends requests and health checks. */
  readonly entrancePort: number;
  /** Processes of the application on one instance, on consecutive ports from `firstProcessPort`. */
  readonly processes: number;
  readonly firstProcessPort: number;
  /** Plain variables of the migration and of all processes; each of these also gets its own PORT, HOSTNAME and PROCESS_NUMBER. */
  readonly environment: Readonly<Record<string, string>>;
  /** Secret variables and where their values are stored, as ECS's `valueFrom` texts. Read at boot, and again every 15 to 20 minutes. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly healthPath: string;
  /** Path of the sockets, which ends with a slash. A handshake on it that one process refuses is sent to another. */
  readonly socketPath: string;
  readonly heartbeatSec: Heartbeat;
  /** Largest message that the application accepts, in bytes. */
  readonly maxMessageBytes: number;
  /** Seconds for which nginx keeps an idle connection of the load balancer: more than the load balancer's own idle timeout. */
  readonly keepAliveTimeoutSec: number;
  /** Maximum time from the start of a process until its health check answers 200, in seconds. */
  readonly bootSec: number;
  /** Seconds from SIGTERM until a process has closed its connections and exited. */
  readonly drainSec: number;
  readonly autoScalingGroupName: string;
  /** Hooks whose actions the instance completes; both need a timeout above what they wait for. */
  readonly lifecycleHooks: { readonly launching: string; readonly terminating: string };
  readonly logGroupName: string;
  /** CloudWatch namespace of the instance's own metrics: memory, disk, dropped connections. */
  readonly metricsNamespace: string;
}
