import { type Checks } from "../../core/checks";

export function checkRunbookUrl(checks: Checks, runbookUrl: string | undefined): void {
  const pattern = /^https:\/\/[^\s()#]{1,500}$/;
  checks.matches(
    "runbookUrl",
    runbookUrl,
    pattern,
    "an https URL without # in it",
    "Alarms append #<id> to it.",
    "monitoring/runbook-url",
  );
}
