import { type TerraformStack } from "cdktf";
import type * as fc from "fast-check";

/** Something that generated data are thrown at. */
export interface Target {
  readonly name: string;
  /** What a caller hands over: legal for the most part, spoiled in places. */
  readonly data: fc.Arbitrary<unknown>;
  /** Builds it under a construct id, from data in which every special value is the real thing. */
  readonly build: (stack: TerraformStack, id: string, data: never) => void;
}
