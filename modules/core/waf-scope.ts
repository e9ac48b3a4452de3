import { parseArn } from "./arn";
import { type Checks, formatValue } from "./checks";
import { type Problem } from "./problem";

type Scope = "REGIONAL" | "CLOUDFRONT";

/** Source: WAFV2 API reference, "Resource ARNs": `regional/webacl/…`, `global/webacl/…`. */
const SCOPES: Readonly<Record<string, Scope>> = { regional: "REGIONAL", global: "CLOUDFRONT" };

/**
 * Requires the scope of a web ACL, IP set or rule group, as far as its ARN or the resource that it refers to tells.
 * @returns false when a literal has another scope
 */
export function checkWafScope(checks: Checks, arn: string, scope: Scope, problem: Omit<Problem, "got">): boolean {
  const known = SCOPES[parseArn(arn)?.resource.split("/")[0] ?? ""];
  const fits = known === undefined || known === scope;
  checks.require(fits, { ...problem, got: formatValue(arn) });
  checks.whenKnown(arn, ({ resource }) => {
    const theirs: unknown = Reflect.get(resource, "scopeInput");
    const differs = Object.values(SCOPES).some((other) => other === theirs && other !== scope);
    return differs ? { ...problem, got: `one with scope ${String(theirs)}, ${resource.node.path}` } : undefined;
  });
  return fits;
}
