import { formatValue } from "../modules/core/checks";
import { type Resource } from "./resource";
import { type Finder, type Finding } from "./rule";
import { isTemplate } from "./template-text";

/** Checks one attribute. A value that is known only at apply passes. */
export function attribute(name: string, expected: string, holds: (value: unknown) => boolean): Finder {
  return (resource) => {
    const value = resource.value(name);
    return isTemplate(value) || holds(value) ? [] : [finding(name, expected, value)];
  };
}

/** Checks one attribute whose name depends on the resource's type. */
export function attributeByType(
  names: Readonly<Record<string, string>>,
  expected: string,
  holds: (value: unknown) => boolean,
): Finder {
  return (resource, configuration) => attribute(names[resource.type]!, expected, holds)(resource, configuration);
}

/** Returns the findings of several finders together. */
export function all(...finders: readonly Finder[]): Finder {
  return (resource, configuration) => finders.flatMap((find) => find(resource, configuration));
}

export function finding(attributeName: string, expected: string, value: unknown): Finding {
  return {
    attribute: attributeName,
    expected,
    got: isTemplate(value) ? "a value that is known only at apply" : formatValue(value),
  };
}

/** Returns one finding if the condition is false. */
export function unless(holds: boolean, attributeName: string, expected: string, value: unknown): Finding[] {
  return holds ? [] : [finding(attributeName, expected, value)];
}

export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}

/** Whether the attribute is set, including to a value that is known only at apply. */
export function has(resource: Resource, name: string): boolean {
  return isSet(resource.value(name));
}
