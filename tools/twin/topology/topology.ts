/** What was applied, reduced to what a running copy of it needs. Plain data; every duration is in seconds. */
export interface Topology {
  /** Name of the ECS service. */
  readonly name: string;
  readonly loadBalancer: LoadBalancer;
  readonly targetGroup: TargetGroup;
  readonly service: Service;
  /** Bounds of the task count; `undefined` without an autoscaler. */
  readonly scaling: Scaling | undefined;
  readonly task: TaskDefinition;
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
  /** A cookie of the load balancer's own, AWSALB. */
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
  /** The container that the load balancer talks to, and its port. */
  readonly containerName: string;
  readonly containerPort: number;
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
  /** `undefined`: the image's own. */
  readonly command: readonly string[] | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** ARN of the secret that each variable is filled from. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly dependsOn: readonly Dependency[];
  /** Longest that a container which depends on this one waits for it. */
  readonly startTimeoutSec: number;
  /** From SIGTERM to SIGKILL. */
  readonly stopTimeoutSec: number;
  readonly healthCheck: ContainerHealthCheck | undefined;
  readonly isolation: Isolation;
}

/** What a container may do, as far as its definition says. */
export interface Isolation {
  /** `uid:gid`; `undefined`: the image's own. */
  readonly user: string | undefined;
  readonly readonlyRoot: boolean;
  /** Whether an init process stands before the program. */
  readonly init: boolean;
  readonly droppedCapabilities: readonly string[];
  /** Where the task's volumes are mounted; each is empty at the start. */
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
  /** What the app's user may do, as Redis ACL rules; `undefined` without users. */
  readonly accessString: string | undefined;
}
