import { type Build, type Case, changes, type Step } from "./transitions";

/** Values to try, by prop. */
type Values<Props> = { readonly [Prop in keyof Props]?: readonly Props[Prop][] };

const LONGEST_LABEL = 60;

/** Makes one case for each prop: without it, with each value in turn, and without it again. */
export function sweep<Props>(
  construct: string,
  build: (props: Partial<Props>) => Build,
  values: Values<Props>,
): Case[] {
  return Object.entries<readonly unknown[]>(values as Readonly<Record<string, readonly unknown[]>>).map(
    ([prop, list]) => {
      const without: Step = ["the default", build({})];
      const steps = list.map((value): Step => [labelOf(value), build({ [prop]: value } as Partial<Props>)]);
      return changes(construct, prop, without, ...steps, without);
    },
  );
}

/** Makes one case that changes several props at once, for those that are part of one resource. */
export function together<Props>(
  construct: string,
  build: (props: Partial<Props>) => Build,
  values: Partial<Props>,
): Case {
  const without: Step = ["the defaults", build({})];
  return changes(construct, Object.keys(values).join(", "), without, ["other values", build(values)], without);
}

function labelOf(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL)}…` : text;
}
