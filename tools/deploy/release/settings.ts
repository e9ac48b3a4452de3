import { type ContainerDefinition, type TaskDefinition } from "@aws-sdk/client-ecs";
import { isDeepStrictEqual } from "node:util";

/** Fields of every revision that differ in any case. */
const OWN = ["image", "cpu", "name"];

/**
 * Lists how two revisions differ apart from their images, by name and without values: `app environment LOG_LEVEL`, `memory`.
 * Values may be secret.
 */
export function differingSettings(one: TaskDefinition, other: TaskDefinition): string[] {
  const task = (["cpu", "memory", "taskRoleArn", "executionRoleArn", "runtimePlatform", "volumes"] as const).filter(
    (field) => !isDeepStrictEqual(one[field], other[field]),
  );
  const [ones, others] = [byName(one.containerDefinitions), byName(other.containerDefinitions)];
  const names = [...new Set([...ones.keys(), ...others.keys()])].sort();
  return [...task, ...names.flatMap((name) => inContainer(name, ones.get(name) ?? {}, others.get(name) ?? {}))];
}

function inContainer(name: string, one: ContainerDefinition, other: ContainerDefinition): string[] {
  const variables = (["environment", "secrets"] as const).flatMap((kind) =>
    differingKeys(byName(one[kind]), byName(other[kind])).map((variable) => `${name} ${kind} ${variable}`),
  );
  const left = new Map(Object.entries(one));
  const right = new Map(Object.entries(other));
  const fields = differingKeys(left, right).filter((field) => ![...OWN, "environment", "secrets"].includes(field));
  return [...variables, ...fields.map((field) => `${name} ${field}`)];
}

function differingKeys(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): string[] {
  const keys = [...new Set([...one.keys(), ...other.keys()])].sort();
  return keys.filter((key) => !isDeepStrictEqual(one.get(key), other.get(key)));
}

function byName<T extends { readonly name?: string | undefined }>(items: readonly T[] | undefined): Map<string, T> {
  return new Map((items ?? []).map((item) => [item.name ?? "", item]));
}
