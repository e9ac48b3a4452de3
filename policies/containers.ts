import { finding, isSet } from "./finders";
import { blocksOf, isObject, type JsonObject, type Resource } from "./resource";
import { type Finder, type Finding } from "./rule";
import { isTemplate } from "./template-text";

/** Returns the containers of a task definition, or none if they are known only at apply. */
export function containersOf(taskDefinition: Resource): readonly JsonObject[] {
  const containers = taskDefinition.json("container_definitions");
  return Array.isArray(containers) ? containers.filter(isObject) : [];
}

/** Checks one field of every container. A value that is known only at apply passes. */
export function eachContainer(field: string, expected: string, holds: (value: unknown) => boolean): Finder {
  return (taskDefinition) =>
    containersOf(taskDefinition).flatMap((container) => {
      const value = container[field];
      return isTemplate(value) || holds(value) ? [] : [containerFinding(container, field, expected, value)];
    });
}

export function containerFinding(container: JsonObject, field: string, expected: string, value: unknown): Finding {
  return finding(`container_definitions[${nameOf(container)}].${field}`, expected, value);
}

/** Returns the name and value of every environment variable that is not a secret. */
export function environmentOf(container: JsonObject): readonly { readonly name: string; readonly value: unknown }[] {
  return (blocksOf(container["environment"]) ?? []).flatMap(({ name, value }) =>
    typeof name === "string" && isSet(name) && !isTemplate(name) ? [{ name, value }] : [],
  );
}

function nameOf({ name }: JsonObject): string {
  return typeof name === "string" ? name : "?";
}
