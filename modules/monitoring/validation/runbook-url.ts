import { type Checks, formatValue } from "../../core/checks";
import { isHttpsUrl } from "../../core/https-url";
import { isUnresolved } from "../../core/tokens";

export function checkRunbookUrl(checks: Checks, runbookUrl: string | undefined): void {
  if (runbookUrl === undefined || isUnresolved(runbookUrl)) return;
  const fits = typeof runbookUrl === "string" && isHttpsUrl(runbookUrl) && /^[^()]{1,508}$/.test(runbookUrl);
  checks.require(fits, {
    code: "monitoring/runbook-url",
    prop: "runbookUrl",
    expected: "an https URL of at most 508 characters, without # and parentheses in it",
    got: formatValue(runbookUrl),
    remedy: "Alarms append #<id> to it.",
  });
}
