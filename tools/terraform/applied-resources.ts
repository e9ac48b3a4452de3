import { Attributes } from "./attributes";
import { TerraformError } from "./errors";
import { managedResources, type StateJson, type StateResource } from "./state-json";

/** The managed resources of an applied state. */
export class AppliedResources {
  private readonly resources: readonly StateResource[];

  /** @throws TerraformError when nothing is applied */
  constructor(state: StateJson) {
    this.resources = managedResources(state);
    if (this.resources.length === 0) {
      throw new TerraformError("the state holds no resources: nothing is applied. Run `make up` first.");
    }
  }

  all(type: string): Attributes[] {
    return this.resources
      .filter((resource) => resource.type === type)
      .map(({ address, values }) => new Attributes(address, values));
  }

  /** Returns the only resource of a type. @throws TerraformError when there is none or more than one */
  only(type: string): Attributes {
    const found = this.all(type);
    const [first] = found;
    if (first === undefined || found.length > 1) {
      const got = found.length === 0 ? "none" : found.map(({ address }) => address).join(", ");
      throw new TerraformError(`${type}: expected exactly one in the applied state, got ${got}.`);
    }
    return first;
  }

  /** Returns the resource of a type whose attribute has a value. @throws TerraformError when there is none */
  by(type: string, attribute: string, value: string): Attributes {
    const found = this.all(type).find((resource) => resource.optionalText(attribute) === value);
    if (found === undefined) {
      throw new TerraformError(`${type}: expected one with ${attribute} ${value} in the applied state, found none.`);
    }
    return found;
  }
}
