import { type Checks } from "./checks";
import { isUnresolved } from "./tokens";

/** A listener rule compares header names of at most 40 characters. Source: ELBv2 API reference, HttpHeaderConditionConfig. */
const HEADER_NAME = /^x-[a-z0-9-]{1,38}$/;

/** Checks the name of the header that CloudFront sends and the load balancer requires. */
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

/** Refuses a literal as the header's value: it would be readable in the synthesized JSON. */
export function checkSecretHeaderValue(checks: Checks, prop: string, value: unknown): void {
  checks.require(isUnresolved(value), {
    code: "core/literal-secret",
    prop,
    expected: "a value that is known only at apply",
    got: value === undefined ? "nothing" : "a literal",
    remedy: "Take it from a sensitive variable or a secret, so that it is not in the synthesized JSON.",
  });
}
