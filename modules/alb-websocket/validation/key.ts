import { type Checks, formatValue } from "../../core/checks";
import { BASE_NAME } from "../../core/names";

/** Checks a key of a map whose entries are resources. */
export function checkKey(checks: Checks, prop: string, key: string): void {
  checks.require(BASE_NAME.test(key) && key.length <= 128, {
    code: "alb-websocket/resource-key",
    prop,
    expected: "names of lower-case letters, digits and single hyphens, at most 128 characters",
    got: formatValue(key),
    remedy: "The name becomes part of a resource's address.",
  });
}
