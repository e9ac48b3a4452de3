/** The parts of an applied stack that a running copy needs, as plain data. Every duration is in seconds. */
export interface Topology {
  /** Name of the ECS service or of the Auto Scaling group. */
  readonly name: string;
  readonly loadBalancer: LoadBalancer;
  readonly targetGroup: TargetGroup;
  readonly service: Service;
  /** Bounds of the task count; `undefined` without an autoscaler. */
  readonly scaling: Scaling | undefined;
  /** A task of ECS or, with a `group`, what runs on one instance. */
  readonly task: TaskDefinition;
  /** `undefined` on ECS. */
  readonly group: Group | undefined;
  readonly database: Database | undefined;
  readonly cache: Cache | undefined;
}

export interface LoadBalancer {
  readonly dnsName: string;
  readonly protocol: "HTTP" | "HTTPS";
  readonly port: number;
  readonly idleTimeoutSec: number;
  readonly clientKeepAliveSec: number;
  readonly xffHeaderProcessingMode: "append" | "preserve" | "remove";
}

export interface TargetGroup {
  readonly deregistrationDelaySec: number;
  readonly algorithm: "round_robin" | "least_outstanding_requests" | "weighted_random";
  readonly slowStartSec: number;
  readonly stickiness: Stickiness;
  readonly healthCheck: TargetHealthCheck;
}

export type Stickiness =
  | { readonly kind: "off" }
  /** The load balancer's own cookie, AWSALB. */
  | { readonly kind: "lb_cookie"; readonly durationSec: number }
  /** Follows a cookie that the application sets. */
  | { readonly kind: "app_cookie"; readonly durationSec: number; readonly cookieName: string };

export interface TargetHealthCheck {
  readonly path: string;
  readonly intervalSec: number;
  readonly timeoutSec: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** Status codes and ranges, as AWS writes them: `200`, `200-299`, `200,204`. */
  readonly matcher: string;
}

export interface Service {
  readonly desiredCount: number;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  readonly gracePeriodSec: number;
  readonly circuitBreaker: { readonly enabled: boolean; readonly rollback: boolean };
  /** The container that the load balancer sends requests to, and its port. */
  readonly containerName: string;
  readonly containerPort: number;
}

/** What an Auto Scaling group adds to a service: its times, and the programs of each instance around the application. */
export interface Group {
  readonly instanceType: string;
  /** Time after which a new instance counts for the group. */
  readonly warmupSec: number;
  /** Timeouts of the lifecycle hooks. */
  readonly launchHookSec: number;
  readonly terminateHookSec: number;
  /** Longest start of a process until it is healthy. */
  readonly bootSec: number;
  /** From SIGTERM until a process has closed its connections and exited. */
  readonly drainSec: number;
  /** Names of the containers that are processes of the application, in the order in which they are restarted. */
  readonly processes: readonly string[];
  readonly nginx: Nginx;
}

/** The reverse proxy of an instance. */
export interface Nginx {
  /** Name of its container. */
  readonly container: string;
  /** The applied nginx.conf. */
  readonly configuration: string;
  /** The file that the agent creates to fail the load balancer's health checks. */
  readonly drainingFile: string;
}

export interface Scaling {
  readonly minCount: number;
  readonly maxCount: number;
}

export interface TaskDefinition {
  readonly family: string;
  readonly revision: number;
  /** CPU units of the whole task, 1024 = 1 vCPU. */
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly containers: readonly Container[];
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly essential: boolean;
  /** `undefined`: the image's default. */
  readonly command: readonly string[] | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** ARN of the secret for each environment variable. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly dependsOn: readonly Dependency[];
  /** Longest wait of a container that depends on this one. */
  readonly startTimeoutSec: number;
  /** From SIGTERM to SIGKILL. */
  readonly stopTimeoutSec: number;
  readonly healthCheck: ContainerHealthCheck | undefined;
  readonly isolation: Isolation;
}

/** The container's user, file system and capabilities, as its definition sets them. */
export interface Isolation {
  /** `uid:gid`; `undefined`: the image's default. */
  readonly user: string | undefined;
  readonly readonlyRoot: boolean;
  /** Whether an init process starts the program. */
  readonly init: boolean;
  readonly droppedCapabilities: readonly string[];
  /** Mount paths of the task's volumes, which are empty at the start. */
  readonly volumes: readonly string[];
  readonly openFiles: { readonly soft: number; readonly hard: number } | undefined;
}

export interface Dependency {
  readonly container: string;
  readonly condition: "START" | "COMPLETE" | "SUCCESS" | "HEALTHY";
}

export interface ContainerHealthCheck {
  /** `["CMD", program, …]` or `["CMD-SHELL", line]`. */
  readonly command: readonly string[];
  readonly intervalSec: number;
  readonly timeoutSec: number;
  readonly retries: number;
  readonly startPeriodSec: number;
}

export interface Database {
  readonly engine: string;
  readonly engineVersion: string;
  readonly host: string;
  readonly port: number;
  readonly name: string;
  readonly masterUser: string;
  readonly masterSecretArn: string | undefined;
}

export interface Cache {
  readonly engine: string;
  readonly engineVersion: string;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Redis ACL rules of the app's user; `undefined` without users. */
  readonly accessString: string | undefined;
}
