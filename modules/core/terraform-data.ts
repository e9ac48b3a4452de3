import { TerraformResource } from "cdktf";
import { type Construct } from "constructs";

/**
 * Keeps values in the state (resource `terraform_data`), so that `replaceTriggeredBy` can follow their changes. Unlike cdktf's
 * `DataResource`, which runs `terraform version`, it lets a machine without Terraform synthesize.
 * @param input values, which may be tokens
 */
export function createTerraformData(
  scope: Construct,
  id: string,
  input: Readonly<Record<string, string>>,
): TerraformResource {
  const data = new TerraformResource(scope, id, { terraformResourceType: "terraform_data" });
  data.addOverride("input", input);
  return data;
}
