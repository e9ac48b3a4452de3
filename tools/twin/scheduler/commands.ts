/** A decision of the scheduler. Executing it leads to events. */
export type Command =
  | { readonly kind: "create-task"; readonly task: string; readonly deployment: string }
  | { readonly kind: "start-container"; readonly task: string; readonly container: string }
  | {
      readonly kind: "signal";
      readonly task: string;
      readonly container: string;
      readonly signal: "SIGTERM" | "SIGKILL";
    }
  /** Start the target group's health checks of the task. */
  | { readonly kind: "register"; readonly task: string }
  /** Send the task no new requests; open connections stay. */
  | { readonly kind: "deregister"; readonly task: string }
  /** Close what is left after the deregistration delay. */
  | { readonly kind: "close-connections"; readonly task: string }
  /** Answer the load balancer's health checks with 503: an instance that drains. */
  | { readonly kind: "fail-health-checks"; readonly task: string }
  /** Free the task's resources: all of its containers have ended. */
  | { readonly kind: "release-task"; readonly task: string };

/** Something that happened to a task. */
export type Event =
  | { readonly kind: "container-exited"; readonly task: string; readonly container: string; readonly exit: Exit }
  | {
      readonly kind: "container-health";
      readonly task: string;
      readonly container: string;
      readonly health: "healthy" | "unhealthy";
    }
  | { readonly kind: "target-health"; readonly task: string; readonly health: TargetHealth }
  /** Connections that a deregistered task still has. */
  | { readonly kind: "connections"; readonly task: string; readonly open: number };

export type TargetHealth = "initial" | "healthy" | "unhealthy";

/** The end of a container. */
export interface Exit {
  /** 128 + signal when a signal ended it, as a container runtime reports it. */
  readonly code: number;
  /** A reason beside the code, such as that memory ran out. */
  readonly reason?: string;
}
