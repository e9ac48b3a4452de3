import { readFileSync } from "node:fs";
import { join } from "node:path";
import { committedList, contractList } from "../helpers/contract-list";
import { readStack, removeRun, ROOT, runProgram } from "../helpers/run-program";

const EXAMPLES = ["minimal", "existing-vpc", "complete", "behind-cloudfront", "app-runner", "ec2", "three-services"];

describe.each(EXAMPLES)("example %s", (example) => {
  const run = runProgram(`examples/${example}/main.ts`);
  afterAll(() => removeRun(run));

  it("synthesizes the committed addresses and outputs", () => {
    expect(run.stderr).toBe("");
    const current = contractList(readStack(run, example));
    expect(current).toEqual(committedList(`example-${example}`, current));
  });

  it("leaves no token, NaN or undefined in the JSON", () => {
    expect(readStack(run, example).text).not.toMatch(/TfToken|Token\[|NaN|undefined/);
  });
});

it("is printed in the README unchanged", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const example = readFileSync(join(ROOT, "examples/minimal/main.ts"), "utf8");
  expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``);
});
