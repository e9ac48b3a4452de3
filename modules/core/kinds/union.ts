import { type Kind, type ProblemCollector, type Shape } from "./kind";
import { describeType, formatValue } from "../format-value";
import { isUnresolved } from "../tokens";
import { readFields, refuseObject, unknown } from "./objects";
import { isPlainObject } from "./plain-objects";
import { README } from "./scalars";

/** The members of a union whose discriminator has one value. */
type Form<P, D extends keyof P, F> = P extends unknown ? (F extends P[D] ? P : never) : never;

/** For each value of the discriminator, the shape of the other fields. */
export type Forms<P extends object, D extends keyof P> = {
  readonly [F in P[D] & string]: Shape<Omit<Form<P, D, F>, D>>;
};

/**
 * An object of one of several forms, told apart by a literal field such as `kind`. A field of another form is refused.
 *
 * @param remedy shown when the form is missing or unknown, and with a field that the form does not have
 */
export function union<P extends object, D extends keyof P & string>(
  discriminator: D,
  forms: Forms<P, D>,
  remedy?: string,
): Kind<P> {
  const names = Object.keys(forms);
  return {
    read(value, prop, problems) {
      if (!isPlainObject(value)) return refuseObject(value, prop, problems, remedy);
      const name = value[discriminator];
      if (typeof name !== "string" || !Object.hasOwn(forms, name)) {
        refuseForm(name, prop, problems, { discriminator, names, remedy });
        return undefined;
      }
      const shape = { [discriminator]: unknown, ...(forms as Record<string, object>)[name] };
      const known = Object.keys(shape).sort();
      for (const key of Object.keys(value).filter((field) => !Object.hasOwn(shape, field))) {
        const expected = `a prop of ${discriminator} ${name}`;
        const hint = remedy ?? `Known props: ${known.join(", ")}.`;
        problems.add({
          code: "core/unknown-prop",
          prop: `${prop}.${key}`,
          expected,
          got: "an unknown one",
          remedy: hint,
        });
      }
      return readFields(value, shape, prop, problems);
    },
  };
}

/** Only the discriminator is shown: the other fields may hold a secret. */
function refuseForm(
  name: unknown,
  prop: string,
  problems: ProblemCollector,
  {
    discriminator,
    names,
    remedy = README,
  }: { discriminator: string; names: readonly string[]; remedy?: string | undefined },
): void {
  const simple = typeof name === "string" && !isUnresolved(name);
  problems.addWrongType(
    {
      code: isUnresolved(name) ? "core/literal-required" : "core/not-one-of",
      prop,
      expected: `an object whose ${discriminator} is one of ${names.join(", ")}`,
      got:
        name === undefined
          ? `no ${discriminator}`
          : `${discriminator} ${simple ? formatValue(name) : describeType(name)}`,
      remedy,
    },
    false,
  );
}
