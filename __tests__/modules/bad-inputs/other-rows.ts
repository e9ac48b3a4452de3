/** Rows about constructs that do not exist in this package. */
export const NOT_APPLICABLE: Readonly<Record<number, string>> = {
  54: "there is no construct for API Gateway",
  55: "there is no construct for Lambda",
  56: "there is no construct for DynamoDB",
  59: "constructs take no tags: the provider's default tags are made by the stacks, of names that are checked",
};

/** Rows that are tested in another file: the file, and the beginning of the test's title. */
export const HELD_ELSEWHERE: readonly (readonly [row: number, file: string, title: string])[] = [
  [
    5,
    "modules/network/subnet-plan.test.ts",
    "gives every tier in every zone a subnet inside the VPC that overlaps no other",
  ],
  [5, "stacks/define-environment.test.ts", "with the blocks 10.10.0.0/16 and %s overlap"],
  [21, "modules/core/names.test.ts", "shortens with a hash, always the same one"],
  [23, "modules/core/names.test.ts", "gives 10,000 long ids with a common prefix different names"],
  [28, "modules/core/names.test.ts", "is always legal"],
  [62, "modules/core/tokens.test.ts", "escapes %j"],
  [64, "stacks/output.test.ts", "contains no token, NaN, undefined or path of this machine"],
  [68, "stacks/output.test.ts", "is byte-identical in another folder, locale and time zone"],
  [70, "stacks/output.test.ts", "keeps its addresses, outputs and variables"],
];
