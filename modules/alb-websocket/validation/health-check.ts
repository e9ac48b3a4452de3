import { type Checks, formatValue } from "../../core/checks";
import { NO_DOT_SEGMENTS } from "../../core/path";
import { isUnresolved, literal } from "../../core/tokens";
import { type CompleteHealthCheck } from "../defaults";

const PATH = new RegExp(String.raw`^\/${NO_DOT_SEGMENTS}[!"$-~]{0,1023}$`);

/** Checks the health check's values, and that it cannot take longer than its interval. */
export function checkHealthCheck(checks: Checks, healthCheck: CompleteHealthCheck): void {
  const { path, healthyThreshold, unhealthyThreshold, timeoutSec, intervalSec, matcher } = healthCheck;
  const remedy = "See the ALB user guide, Health check settings.";
  checks.matches(
    "healthCheck.path",
    path,
    PATH,
    "a path that begins with / and has neither spaces, # nor segments of dots, at most 1024 characters",
    "Name the path only, for example /api/health.",
  );
  checks.integer("healthCheck.healthyThreshold", healthyThreshold, { min: 2, max: 10 }, remedy);
  checks.integer("healthCheck.unhealthyThreshold", unhealthyThreshold, { min: 2, max: 10 }, remedy);
  checks.integer("healthCheck.timeoutSec", timeoutSec, { min: 2, max: 120, unit: "seconds" }, remedy);
  checks.integer("healthCheck.intervalSec", intervalSec, { min: 5, max: 300, unit: "seconds" }, remedy);
  checks.matches(
    "healthCheck.matcher",
    matcher,
    /^[2-4]\d\d([,-][2-4]\d\d)*$/,
    "status codes from 200 to 499: 200 or 200,204 or 200-299",
    "Use the status code that the health check path returns.",
  );
  const reversed = isUnresolved(matcher) ? [] : String(matcher).split(",").filter(isReversed);
  checks.require(reversed.length === 0, {
    code: "core/wrong-format",
    prop: "healthCheck.matcher",
    expected: "ranges that begin with their lower status code",
    got: formatValue(matcher),
    remedy: "Swap the two codes.",
  });
  const [timeout, interval] = [literal(timeoutSec), literal(intervalSec)];
  if (timeout === undefined || interval === undefined) return;
  checks.require(timeout < interval, {
    code: "alb-websocket/health-check-overlap",
    prop: "healthCheck.timeoutSec",
    expected: `less than the interval of ${interval} s`,
    got: formatValue(timeout),
    remedy: "AWS refuses a health check that can take longer than its interval.",
  });
}

/** Whether a range of status codes, such as `299-200`, begins with its higher one. */
function isReversed(range: string): boolean {
  const [from, to] = range.split("-").map(Number);
  return from !== undefined && to !== undefined && from > to;
}
