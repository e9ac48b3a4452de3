import { type Configuration } from "./configuration";
import { type Resource } from "./resource";
import { isTemplate } from "./template-text";

/** Returns the autoscaling targets of a service. */
export function scalingTargetsOf(service: Resource, configuration: Configuration): readonly Resource[] {
  return configuration.resources("aws_appautoscaling_target").filter(({ body }) => {
    const id = body["resource_id"];
    if (configuration.referenced(id).includes(service)) return true;
    const name = service.body["name"];
    return !isTemplate(id) && typeof id === "string" && !isTemplate(name) && id.endsWith(`/${String(name)}`);
  });
}
