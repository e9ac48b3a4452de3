/** Terraform's own errors and warnings, as its `-json` output carries them. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
  readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
}

/** Renders one diagnostic: summary, location, detail. */
export function renderDiagnostic(diagnostic: Diagnostic): string {
  const { severity, summary, detail, address, range } = diagnostic;
  const file = range && `${range.filename} line ${range.start.line}`;
  const where = [address, file].filter((part) => part !== undefined && part !== "").join(", ");
  return [
    `${severity === "error" ? "Error" : "Warning"}: ${summary}`,
    ...(where === "" ? [] : [`  at ${where}`]),
    ...(detail ? detail.split("\n").map((line) => `  ${line}`.trimEnd()) : []),
  ].join("\n");
}

/** Renders all errors, or all diagnostics when none is an error; each once. */
export function renderFailure(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return [...new Set((errors.length > 0 ? errors : diagnostics).map(renderDiagnostic))].join("\n\n");
}
