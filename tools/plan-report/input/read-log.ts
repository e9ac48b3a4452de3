import { readFileSync } from "node:fs";
import { type Diagnostic } from "../../terraform/diagnostics";
import { parseEvent } from "../../terraform/events";

/** Reads Terraform's errors and warnings from the output of `terraform plan -json`; other lines are ignored. */
export function readDiagnostics(file: string): Diagnostic[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => {
      const event = parseEvent(line);
      return event?.type === "diagnostic" ? [event.diagnostic] : [];
    });
}
