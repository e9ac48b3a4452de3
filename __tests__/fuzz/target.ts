import { type TerraformStack } from "cdktf";
import type * as fc from "fast-check";

/** A construct to test with generated props. */
export interface Target {
  readonly name: string;
  /** Generated props: mostly valid, with some invalid values. */
  readonly data: fc.Arbitrary<unknown>;
  /** Builds the construct from materialized data. */
  readonly build: (stack: TerraformStack, id: string, data: never) => void;
}
