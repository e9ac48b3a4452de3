import { Token } from "cdktf";
import { describeType } from "../format-value";
import { isUnresolved } from "../tokens";
import { type Kind } from "./kind";

export function array<T>(element: Kind<T>): Kind<readonly T[]> {
  return {
    read(value, prop, problems) {
      if (Array.isArray(value)) {
        if (isUnresolved(value)) return value as unknown;
        // Array.from turns a gap in a sparse array into undefined, which the element kind refuses.
        const elements = Array.from(value as unknown[], (item, index) =>
          element.read(item, `${prop}[${index}]`, problems),
        );
        return Object.freeze(elements.filter((item) => item !== undefined));
      }
      if (typeof value === "object" && value !== null && isUnresolved(value)) return Token.asList(value);
      const remedy = "Put its elements in brackets.";
      problems.addWrongType(
        { code: "core/wrong-type", prop, expected: "a list", got: describeType(value), remedy },
        false,
      );
      return undefined;
    },
  };
}

/** A list that is written into text at synth, so that an expression cannot stand for the whole list. */
export function arrayOfKnownLength<T>(element: Kind<T>): Kind<readonly T[]> {
  return {
    read(value, prop, problems) {
      if (Array.isArray(value) && !isUnresolved(value)) return array(element).read(value, prop, problems);
      const remedy = "Write its elements out; each may be known only at apply.";
      const expected = "a list whose length is known at synth";
      const code = isUnresolved(value) ? "core/literal-required" : "core/wrong-type";
      problems.addWrongType({ code, prop, expected, got: describeType(value), remedy }, false);
      return undefined;
    },
  };
}
