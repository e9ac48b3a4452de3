import { type ITerraformDependable } from "cdktf";
import { describeType } from "../format-value";
import { type Kind } from "./kind";

/** A function of the object that it belongs to. @param remedy what to pass instead of anything else */
export function method<T>(remedy: string): Kind<T> {
  return {
    read(value, prop, problems) {
      if (typeof value === "function") return value;
      problems.addWrongType(
        { code: "core/wrong-type", prop, expected: "a function", got: describeType(value), remedy },
        false,
      );
      return undefined;
    },
  };
}

/** A resource with an address, for `depends_on`. @param remedy what to pass instead of anything else */
export function dependency(remedy: string): Kind<ITerraformDependable> {
  return {
    read(value, prop, problems) {
      if (typeof value === "object" && value !== null && "fqn" in value && typeof value.fqn === "string") return value;
      problems.addWrongType(
        { code: "core/wrong-type", prop, expected: "a resource to wait for", got: describeType(value), remedy },
        false,
      );
      return undefined;
    },
  };
}
