import { Fn, TerraformLocal } from "cdktf";
import { type Construct } from "constructs";
import { escapeTemplate, isUnresolved } from "../core/tokens";

/**
 * Prepares text for a string in a JSON attribute. A literal is escaped for Terraform and encoded by the caller's JSON.stringify.
 * Text that is known only at apply may contain quotes or line ends, so Terraform encodes it in a local value; the plain
 * reference to that value keeps the attribute valid JSON before the apply.
 *
 * @param id of the local value; a second call with the same id returns the same value
 */
export function jsonText(scope: Construct, id: string, text: string): string {
  if (!isUnresolved(text)) return escapeTemplate(text);
  const known = scope.node.tryFindChild(`${id}-json`);
  if (known instanceof TerraformLocal) return known.asString;
  const plain = new TerraformLocal(scope, id, typeof text === "string" ? escapeTemplate(text) : text);
  const quote = Fn.rawString('"');
  const encoded = Fn.trimsuffix(Fn.trimprefix(Fn.jsonencode(plain.asString), quote), quote);
  return new TerraformLocal(scope, `${id}-json`, encoded).asString;
}
