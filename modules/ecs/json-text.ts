import { Fn, TerraformLocal } from "cdktf";
import { type Construct } from "constructs";
import { escapeTemplate, isUnresolved } from "../core/tokens";

/**
 * Text for a JSON string attribute. What is known at synth is escaped for Terraform and encoded by the caller's
 * JSON.stringify. What is known only at apply may turn out to hold quotes or line ends: Terraform has to encode it, in a local
 * value, whose plain name also keeps the attribute readable as JSON before the apply.
 *
 * @param id of the local value; the same text may be asked for twice
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
