import { at, type Json } from "../../terraform/json";
import { type Change, type PlanJson } from "../../terraform/plan-json";
import { managedResources, type StateModule } from "../../terraform/state-json";

/** Shortest sensitive value that is looked for elsewhere: a shorter one is a number, a flag or a word. */
const SHORTEST = 6;

/**
 * Collects the values that a plan marks as sensitive, so that they can be hidden where they are not marked: in a name, in another
 * resource's attribute, in an error message.
 */
export function sensitiveValues(plan: PlanJson): string[] {
  const found = new Set<string>();
  const add = (value: Json | undefined, marks: Json | undefined) => collect(value, marks, found);
  const changes = [
    ...(plan.resource_changes ?? []).map(({ change }) => change),
    ...(plan.resource_drift ?? []).map(({ change }) => change),
    ...(plan.deferred_changes ?? []).flatMap(({ resource_change: one }) => (one ? [one.change] : [])),
    ...Object.values(plan.output_changes ?? {}),
  ];
  for (const change of changes) addChange(change, add);
  addModule(plan.prior_state?.values?.root_module, add);
  const declared = plan.configuration?.root_module?.variables ?? {};
  for (const [name, { value }] of Object.entries(plan.variables ?? {})) add(value, declared[name]?.sensitive === true);
  for (const value of openParameters(plan)) open(value, found);
  return [...found].sort((a, b) => b.length - a.length);
}

/**
 * Lists the values of SSM parameters that the configuration itself declares open (`insecure_value`), such as the deployed image. The
 * provider marks the same text as sensitive in `value` and in data sources, and hiding it would hide every image of that tag.
 */
function openParameters(plan: PlanJson): string[] {
  const changed = (plan.resource_changes ?? []).filter(({ type }) => type === PARAMETER).map(({ change }) => change);
  const values = changed.flatMap(({ before, after }) => [at(before, OPEN), at(after, OPEN)]);
  const resources = managedResources({ values: plan.prior_state?.values }).filter(({ type }) => type === PARAMETER);
  const all = [...values, ...resources.map((resource) => resource.values[OPEN])];
  return all.filter((value): value is string => typeof value === "string" && value !== "");
}

const PARAMETER = "aws_ssm_parameter";
const OPEN = "insecure_value";

function open(value: string, found: Set<string>): void {
  const forms = new Set<string>();
  addText(value, forms);
  for (const form of forms) found.delete(form);
}

type Add = (value: Json | undefined, marks: Json | undefined) => void;

function addChange({ before, after, before_sensitive, after_sensitive }: Change, add: Add): void {
  add(before, before_sensitive);
  add(after, after_sensitive);
}

function addModule(module: StateModule | undefined, add: Add): void {
  for (const { values, sensitive_values: marks } of module?.resources ?? []) add(values as Json, marks);
  for (const child of module?.child_modules ?? []) addModule(child, add);
}

/** Adds the strings of a value where its marks are `true`. */
function collect(value: Json | undefined, marks: Json | undefined, found: Set<string>): void {
  if (value === undefined || value === null || marks === undefined || marks === null || marks === false) return;
  if (marks === true) addStrings(value, found);
  if (typeof marks !== "object" || typeof value !== "object") return;
  const parts = value as Readonly<Record<string, Json>>;
  for (const [key, mark] of Object.entries(marks)) collect(parts[key], mark, found);
}

function addStrings(value: Json, found: Set<string>): void {
  if (typeof value === "number" || typeof value === "string") addText(String(value), found);
  else if (value !== null && typeof value === "object") Object.values(value).forEach((part) => addStrings(part, found));
}

/** A secret may be JSON with the password in it; both are then looked for, and each as it is written inside of JSON. */
function addText(text: string, found: Set<string>): void {
  if (text.length < SHORTEST) return;
  found.add(text);
  found.add(JSON.stringify(text).slice(1, -1));
  found.add(Buffer.from(text).toString("base64"));
  found.add(encodeURIComponent(text));
  if (!/^\s*[[{]/.test(text)) return;
  try {
    addStrings(JSON.parse(text) as Json, found);
  } catch {
    // Text that begins like JSON.
  }
}
