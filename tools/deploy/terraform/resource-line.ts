import { type TerraformEvent } from "../../terraform/events";

/** Resources that take longer are mentioned while they go on. */
const LONG_SEC = 30;

/** Renders an event of an apply; `undefined` for those that nobody has to see. */
export function resourceLine(event: TerraformEvent): string | undefined {
  if ("hook" in event && event.hook.resource.addr.startsWith("data.")) return undefined;
  switch (event.type) {
    case "apply_complete":
      return `${event.hook.resource.addr}: done (${event.hook.elapsed_seconds ?? 0} s)`;
    case "apply_errored":
      return `${event.hook.resource.addr}: FAILED`;
    case "apply_progress": {
      const seconds = event.hook.elapsed_seconds ?? 0;
      const isService = event.hook.resource.addr.startsWith("aws_ecs_service.");
      return !isService && seconds > 0 && seconds % LONG_SEC === 0
        ? `${event.hook.resource.addr}: still at it (${seconds} s)`
        : undefined;
    }
    default:
      return undefined;
  }
}
