import { type Diagnostic } from "./diagnostics";

/** The lines of `terraform plan|apply|destroy -json` that the tools read. */
export type TerraformEvent =
  | { readonly type: "planned_change"; readonly change: { readonly resource: Resource; readonly action: string } }
  | { readonly type: "change_summary"; readonly changes: ChangeSummary }
  | { readonly type: "apply_start" | "apply_progress" | "apply_complete" | "apply_errored"; readonly hook: Hook }
  | { readonly type: "diagnostic"; readonly diagnostic: Diagnostic };

export interface Resource {
  readonly addr: string;
}

export interface Hook {
  readonly resource: Resource;
  readonly elapsed_seconds?: number;
}

export interface ChangeSummary {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  readonly operation: "plan" | "apply" | "destroy";
}

const KNOWN: ReadonlySet<string> = new Set<TerraformEvent["type"]>([
  "planned_change",
  "change_summary",
  "apply_start",
  "apply_progress",
  "apply_complete",
  "apply_errored",
  "diagnostic",
]);

/** Parses one line of Terraform's `-json` output. Returns undefined for any other line, such as a log line. */
export function parseEvent(line: string): TerraformEvent | undefined {
  if (!line.startsWith("{")) {
    return undefined;
  }
  try {
    const event = JSON.parse(line) as { type?: string };
    return KNOWN.has(event.type ?? "") ? (event as TerraformEvent) : undefined;
  } catch {
    return undefined;
  }
}
