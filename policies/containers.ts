import { finding, isSet } from "./finders";
import { blocksOf, isObject, type JsonObject, type Resource } from "./resource";
import { type Finder, type Finding } from "./rule";
import { isTemplate } from "./template-text";

/** The containers of a task definition; none when only Terraform will know them. */
export function containersOf(taskDefinition: Resource): readonly JsonObject[] {
  const containers = taskDefinition.json("container_definitions");
  return Array.isArray(containers) ? containers.filter(isObject) : [];
}

/** Looks at one field of every container; a value that only Terraform will know passes. */
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

/** Name and value of every plain environment variable. */
export function environmentOf(container: JsonObject): readonly { readonly name: string; readonly value: unknown }[] {
  return (blocksOf(container["environment"]) ?? []).flatMap(({ name, value }) =>
    typeof name === "string" && isSet(name) && !isTemplate(name) ? [{ name, value }] : [],
  );
}

function nameOf({ name }: JsonObject): string {
  return typeof name === "string" ? name : "?";
}
