import { isNamed, listStacks } from "../terraform/stacks";
import { CiError } from "./errors";

/** Returns the synthesized stacks that are named, by stack or environment; all of them when there is no name. */
export function chooseStacks(out: string, names: readonly string[]): string[] {
  const stacks = listStacks(out);
  if (names.length === 0) return stacks;
  const unknown = names.find((name) => !stacks.some((stack) => isNamed(stack, name)));
  if (unknown !== undefined) {
    throw new CiError(`${unknown}: expected one of the stacks in ${out} (${stacks.join(", ")}), found no such stack.`);
  }
  return stacks.filter((stack) => names.some((name) => isNamed(stack, name)));
}

/** Returns the one stack that is named. */
export function chooseStack(out: string, names: readonly string[]): string {
  const [stack, ...others] = names.length === 0 ? [] : chooseStacks(out, names);
  if (stack !== undefined && others.length === 0) return stack;
  throw new CiError(`expected the name of one environment or stack, got ${names.join(" ") || "none"}. Pass ENV=dev.`);
}
