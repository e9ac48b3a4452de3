import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Expressions } from "../../judges/terraform-expressions";
import { at, entries, isObject, type Json } from "../../terraform/json";
import { listStacks, STACK_FILE, stackFolder } from "../../terraform/stacks";
import { type Demand, demandOf } from "./demand";

/** What a synthesized stack needs before its first apply. */
export interface StackNeeds {
  readonly stack: string;
  readonly folder: string;
  /** Name of the environment, `registry` for the shared repository. */
  readonly environment: string;
  readonly accountId: string;
  readonly region: string;
  /** Where its state is; `undefined` when it is a local file. */
  readonly state: StateLocation | undefined;
  /** Name of the image repository that it creates. */
  readonly repository: string | undefined;
  /** Fargate capacity at the peak of a deployment; `undefined` without a service. */
  readonly demand: Demand | undefined;
}

export interface StateLocation {
  readonly bucket: string;
  readonly region: string;
  readonly hasLock: boolean;
}

/** Reads what the synthesized stacks need. @throws TerraformError when there is none */
export function readNeeds(out: string): StackNeeds[] {
  return listStacks(out).map((stack) => {
    const folder = resolve(stackFolder(out, stack));
    return needsOf(stack, folder, JSON.parse(readFileSync(join(folder, STACK_FILE), "utf8")) as Json);
  });
}

function needsOf(stack: string, folder: string, json: Json): StackNeeds {
  const { account: accountId, region } = new Expressions(json);
  const s3 = at(json, "terraform", "backend", "s3");
  const [repository] = entries(at(json, "resource", "aws_ecr_repository")).map(([, each]) => textAt(each, "name"));
  return {
    stack,
    folder,
    environment: stack.split("-").at(-1) ?? stack,
    accountId,
    region,
    state: isObject(s3) ? stateLocation(s3, region) : undefined,
    repository,
    demand: demandOf(json),
  };
}

function stateLocation(s3: Json, region: string): StateLocation {
  return {
    bucket: textAt(s3, "bucket"),
    region: textAt(s3, "region") || region,
    hasLock: at(s3, "use_lockfile") === true || at(s3, "dynamodb_table") !== undefined,
  };
}

function textAt(value: Json, key: string): string {
  const found = at(value, key);
  return typeof found === "string" ? found : "";
}
