/** What the scheduler wants done. Whoever carries it out reports back with events. */
export type Command =
  | { readonly kind: "create-task"; readonly task: string; readonly deployment: string }
  | { readonly kind: "start-container"; readonly task: string; readonly container: string }
  | {
      readonly kind: "signal";
      readonly task: string;
      readonly container: string;
      readonly signal: "SIGTERM" | "SIGKILL";
    }
  /** The target group begins to check the task. */
  | { readonly kind: "register"; readonly task: string }
  /** No new request reaches the task; open connections stay. */
  | { readonly kind: "deregister"; readonly task: string }
  /** The deregistration delay is over. */
  | { readonly kind: "close-connections"; readonly task: string }
  /** All of its containers have ended. */
  | { readonly kind: "release-task"; readonly task: string };

/** What has happened. */
export type Event =
  | { readonly kind: "container-exited"; readonly task: string; readonly container: string; readonly exit: Exit }
  | {
      readonly kind: "container-health";
      readonly task: string;
      readonly container: string;
      readonly health: "healthy" | "unhealthy";
    }
  | { readonly kind: "target-health"; readonly task: string; readonly health: TargetHealth }
  /** How many connections a deregistered task still has. */
  | { readonly kind: "connections"; readonly task: string; readonly open: number };

export type TargetHealth = "initial" | "healthy" | "unhealthy";

/** How a container ended. */
export interface Exit {
  /** 128 + signal when a signal ended it, as a container runtime reports it. */
  readonly code: number;
  /** More than the code says, such as that memory ran out. */
  readonly reason?: string;
}
