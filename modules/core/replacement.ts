import { type TerraformResource } from "cdktf";

/** Names an attribute for `replaceTriggeredBy`, where Terraform accepts a plain reference and no `${…}` around it. */
export function whenChanged(resource: TerraformResource, attribute: string): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}.${attribute}`;
}
