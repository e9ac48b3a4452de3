import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildReport } from "../../../tools/plan-report/build-report";
import { type StackInput } from "../../../tools/plan-report/input/stack-input";
import { type PlanReport, type StackReport } from "../../../tools/plan-report/report";
import { DEFAULT_LOAD } from "../../../tools/prices/load";
import { type Json } from "../../../tools/terraform/json";
import { type Change, type PlanJson, type ResourceChange } from "../../../tools/terraform/plan-json";

/** A plan that the real Terraform made on the simulator; see __tests__/programs/plan-report-fixtures.ts. */
export function storedPlan(name: "empty" | "database-replaced"): PlanJson {
  return JSON.parse(readFileSync(join(__dirname, "fixtures", `${name}.plan.json`), "utf8")) as PlanJson;
}

/** A change as Terraform's "JSON Output Format" describes it. */
export function changeOf(
  address: string,
  actions: readonly string[],
  change: Partial<Change> = {},
  more: Partial<ResourceChange> = {},
): ResourceChange {
  const type = address.replace(/^module\.[^.]+\./, "").split(".")[0]!;
  const values = {
    before: actions.includes("create") && actions.length === 1 ? null : {},
    after: actions.at(-1) === "delete" && actions.length === 1 ? null : {},
  };
  return { address, mode: "managed", type, change: { actions, ...values, ...change }, ...more };
}

export const update = (address: string, before: Json, after: Json, change: Partial<Change> = {}) =>
  changeOf(address, ["update"], { before, after, ...change });
export const destroy = (address: string, before: Json = {}) => changeOf(address, ["delete"], { before, after: null });
export const create = (address: string, after: Json = {}) => changeOf(address, ["create"], { before: null, after });
export const replaceOldFirst = (address: string, before: Json = {}, after: Json = before) =>
  changeOf(address, ["delete", "create"], { before, after });
export const replaceNewFirst = (address: string, before: Json = {}, after: Json = before) =>
  changeOf(address, ["create", "delete"], { before, after });

export function planWith(changes: readonly ResourceChange[], more: Partial<PlanJson> = {}): PlanJson {
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: changes,
    configuration: { provider_config: { aws: { expressions: { region: { constant_value: "ap-northeast-1" } } } } },
    errored: false,
    complete: true,
    ...more,
  };
}

export function inputOf(plan: PlanJson | undefined, more: Partial<StackInput> = {}): StackInput {
  return { stack: "chat", plan, diagnostics: [], policies: undefined, modules: new Map(), ...more };
}

export function reportOf(...inputs: readonly StackInput[]): PlanReport {
  return buildReport(inputs, { load: DEFAULT_LOAD, region: undefined });
}

export function stackReportOf(plan: PlanJson | undefined, more: Partial<StackInput> = {}): StackReport {
  return reportOf(inputOf(plan, more)).stacks[0]!;
}
