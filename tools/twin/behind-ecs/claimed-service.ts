import { TwinError } from "../errors";

/** What else than its topology a container's definition has. Source: ECS API reference, ContainerDefinition. */
export interface ContainerDefinition {
  readonly name: string;
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly logConfiguration?: {
    readonly logDriver?: string;
    readonly options?: Readonly<Record<string, string | undefined>>;
  };
}

/** What ECS wants of a service, as the simulator says it. */
export interface DesiredState {
  readonly status: string;
  /** Raised by every CreateService and UpdateService. */
  readonly generation: number;
  readonly desiredCount: number;
  /** Id of the primary deployment. */
  readonly deployment: string;
  readonly deploymentConfiguration: {
    readonly minimumHealthyPercent?: number;
    readonly maximumPercent?: number;
    readonly deploymentCircuitBreaker?: { readonly enable: boolean; readonly rollback: boolean };
  };
  readonly healthCheckGracePeriodSeconds: number;
  readonly loadBalancers: readonly {
    readonly targetGroupArn: string;
    readonly containerName: string;
    readonly containerPort: number;
  }[];
  readonly taskDefinition: {
    readonly arn: string;
    readonly family: string;
    readonly revision: number;
    readonly cpu: string;
    readonly memory: string;
    readonly containerDefinitions: readonly ContainerDefinition[];
  };
  /** Ids of tasks that StopTask has named since the generation before. */
  readonly tasksToStop: readonly string[];
  /** Those of the service's cluster that have not ended. */
  readonly oneOffTasks: readonly OneOffTask[];
}

/** A task that RunTask has started. */
export interface OneOffTask {
  readonly id: string;
  /** Whether StopTask has named it. */
  readonly stop: boolean;
  /** With the overrides of the call. */
  readonly taskDefinition: DesiredState["taskDefinition"];
}

/** What runs. Times are in milliseconds since the epoch. */
export interface Report {
  /** The generation of the desired state that this answers. */
  readonly generation: number;
  /** The primary first. */
  readonly deployments: readonly DeploymentReport[];
  /** Those since the last report, the oldest first. */
  readonly events: readonly { readonly id: string; readonly createdAt: number; readonly message: string }[];
  readonly tasks: readonly TaskReport[];
  readonly targets: readonly TargetReport[];
  /** Of tasks that RunTask has started. */
  readonly oneOffTasks: readonly TaskReport[];
}

/** Under ECS's names. Source: ECS API reference, Deployment. */
export interface DeploymentReport {
  readonly id: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  readonly failedTasks: number;
  readonly rolloutState: "IN_PROGRESS" | "COMPLETED" | "FAILED";
  readonly rolloutStateReason: string;
}

/** Under ECS's names. Source: ECS API reference, Task. */
export interface TaskReport {
  readonly id: string;
  readonly deployment: string;
  readonly desiredStatus: "RUNNING" | "STOPPED";
  readonly lastStatus: string;
  readonly healthStatus: "HEALTHY" | "UNHEALTHY" | "UNKNOWN";
  readonly containers: readonly {
    readonly name: string;
    readonly lastStatus: string;
    readonly exitCode?: number;
    readonly reason?: string;
  }[];
  readonly stoppedAt?: number;
  readonly stopCode?: string;
  readonly stoppedReason?: string;
}

/** Under Elastic Load Balancing's names. Source: its API reference, TargetHealthDescription. */
export interface TargetReport {
  readonly Target: { readonly Id: string; readonly Port: number };
  readonly HealthCheckPort: string;
  readonly TargetHealth: { readonly State: string; readonly Reason?: string; readonly Description?: string };
}

/** A service of the simulator whose tasks this process runs. See tools/simulator/moto/compute.py. */
export class ClaimedService {
  private readonly url: string;

  private constructor(endpoint: string, cluster: string, service: string) {
    this.url = `${endpoint}/simulator/compute/${cluster}/${service}`;
  }

  /** Claims a service, before it exists or later. */
  static async claim(endpoint: string, cluster: string, service: string): Promise<ClaimedService> {
    const claimed = new ClaimedService(endpoint, cluster, service);
    await claimed.send("PUT");
    return claimed;
  }

  /** Returns what ECS wants; `undefined` while the service does not exist. */
  async read(): Promise<DesiredState | undefined> {
    const answer = (await (await this.send("GET")).json()) as ({ exists: true } & DesiredState) | { exists: false };
    return answer.exists ? answer : undefined;
  }

  /** Reports what runs. Returns false when ECS wants something else by now; then nothing was taken over. */
  async report(report: Report): Promise<boolean> {
    return (await this.send("POST", JSON.stringify(report))).status === 200;
  }

  private async send(method: string, body?: string): Promise<Response> {
    const answer = await fetch(this.url, { method, ...(body !== undefined && { body }) });
    if (answer.ok || answer.status === 409) return answer;
    throw new TwinError(`${method} ${this.url}: expected 200, got ${answer.status} ${await answer.text()}`);
  }
}
