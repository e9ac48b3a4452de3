import { type Checks } from "./checks";
import { isUnresolved } from "./tokens";

/** An ALB's condition takes 40 characters. Source: ELBv2 API reference, HttpHeaderConditionConfig. */
const HEADER_NAME = /^x-[a-z0-9-]{1,38}$/;

/** A header by which two of ours know each other: CloudFront sends it, the load balancer asks for it. */
export function checkSecretHeaderName(checks: Checks, prop: string, name: string): void {
  checks.matches(
    prop,
    name,
    HEADER_NAME,
    "a header of your own in lower case that begins with x-, at most 40 characters",
    "For example x-origin-verify.",
    "core/secret-header-name",
  );
}

/** Its value has to come from elsewhere: a literal would stand in the synthesized JSON for everybody to read. */
export function checkSecretHeaderValue(checks: Checks, prop: string, value: unknown): void {
  checks.require(isUnresolved(value), {
    code: "core/literal-secret",
    prop,
    expected: "a value that is known only at apply",
    got: value === undefined ? "nothing" : "a literal",
    remedy: "Take it from a sensitive variable or a secret, so that it is not in the synthesized JSON.",
  });
}
