import { TerraformElement, type TerraformResource } from "cdktf";
import { Construct } from "constructs";

/**
 * Declares that a resource had another construct id before: Terraform renames it in existing states instead of replacing it.
 * @param scope the construct that the resource was in
 * @param formerId its former id there
 */
export function movedFrom(resource: TerraformResource, scope: Construct, formerId: string): void {
  // Only the stack knows how ids become addresses, so the former construct exists for a moment.
  const former = new Construct(scope, formerId);
  const name = resource.cdktfStack.getLogicalId(former.node);
  scope.node.tryRemoveChild(formerId);
  const type = resource.terraformResourceType;
  new Moved(scope, `moved-${formerId}`, { from: `${type}.${name}`, to: `${type}.${resource.friendlyUniqueId}` });
}

/** A block `moved`. Unlike cdktf's `moveFromId`, it lets a machine without Terraform synthesize. */
class Moved extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly addresses: { readonly from: string; readonly to: string },
  ) {
    super(scope, id);
  }

  override toTerraform(): object {
    return { moved: [this.addresses] };
  }
}
