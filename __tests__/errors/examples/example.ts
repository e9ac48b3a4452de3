import { type TerraformStack } from "cdktf";

/** Does what is refused. Its body stands in docs/errors.md exactly as it is here. */
export type Example = (stack: TerraformStack) => unknown;

/** The examples of one area by problem code. */
export type Examples = Readonly<Record<`${string}/${string}`, Example>>;
