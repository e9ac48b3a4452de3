import Sequencer from "@jest/test-sequencer";

/** Terraform's longest test files, longest first. Each takes minutes, in most of which the provider waits. */
export const LONG = [
  "terraform/stacks/prod",
  "terraform/transitions/changes-in-use",
  "terraform/modules/choices",
  "terraform/edge/behind-cloudfront",
  "terraform/stacks/dev",
  "terraform/stacks/three-services",
  "terraform/pipeline",
  "terraform/simulator/service",
  "terraform/stacks/profiles",
  "terraform/simulator/gaps",
  "terraform/deploy/bootstrap",
  "terraform/modules/ec2-service",
];

/**
 * Starts long test files first, so that none is left alone at the end. Jest knows durations of earlier runs only; in a fresh clone it goes by
 * the size of files, and the longest ones are among the smallest.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const isLong = (name) => (test) => test.path.endsWith(`/__tests__/${name}.test.ts`);
    const long = LONG.flatMap((name) => tests.filter(isLong(name)));
    return [...long, ...super.sort(tests.filter((test) => !long.includes(test)))];
  }
}
